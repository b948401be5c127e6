using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage.Columns;

/// <summary>Unions: the value of whichever member a row has.</summary>
internal sealed unsafe class UnionColumn(QueryColumn[] members) : QueryColumn<object?>
{
    private byte* _tags;

    /// <inheritdoc/>
    public override void Attach(nint vector)
    {
        base.Attach(vector);
        _tags = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(NativeMethods.Vectors.DuckDBStructVectorGetChild(vector, 0));
        for (var member = 0; member < members.Length; member++)
        {
            members[member].Attach(NativeMethods.Vectors.DuckDBStructVectorGetChild(vector, member + 1));
        }
    }

    /// <inheritdoc/>
    public override object? Read(long row) => IsNull(row) ? null : members[_tags[row]].Box(row);
}

using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Unions: the value of the member that a row has.</summary>
internal sealed class UnionColumn(QueryColumn[] members) : QueryColumn<object?>
{
    private ColumnVector _tags;

    /// <inheritdoc/>
    public override void Attach(ColumnVector vector)
    {
        base.Attach(vector);
        _tags = vector.Member(0);
        for (var member = 0; member < members.Length; member++)
        {
            members[member].Attach(vector.Member(member + 1));
        }
    }

    /// <inheritdoc/>
    public override object? Read(long row) => IsNull(row) ? null : members[_tags.Value<byte>(row)].Box(row);
}

using System.Collections.Specialized;
using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage.Columns;

/// <summary>Structs, as ordered dictionaries.</summary>
internal sealed class StructColumn(string[] names, QueryColumn[] members) : QueryColumn<OrderedDictionary?>
{
    /// <inheritdoc/>
    public override void Attach(nint vector)
    {
        base.Attach(vector);
        for (var member = 0; member < members.Length; member++)
        {
            members[member].Attach(NativeMethods.Vectors.DuckDBStructVectorGetChild(vector, member));
        }
    }

    /// <inheritdoc/>
    public override OrderedDictionary? Read(long row)
    {
        if (IsNull(row))
        {
            return null;
        }

        var value = new OrderedDictionary(names.Length, StringComparer.OrdinalIgnoreCase);
        for (var member = 0; member < names.Length; member++)
        {
            value.Add(names[member], members[member].Box(row));
        }

        return value;
    }
}

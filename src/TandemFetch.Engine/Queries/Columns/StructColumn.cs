using System.Collections.Specialized;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Structs, as ordered dictionaries.</summary>
internal sealed class StructColumn(string[] names, QueryColumn[] members) : QueryColumn<OrderedDictionary?>
{
    /// <inheritdoc/>
    public override void Attach(ColumnVector vector)
    {
        base.Attach(vector);
        for (var member = 0; member < members.Length; member++)
        {
            members[member].Attach(vector.Member(member));
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

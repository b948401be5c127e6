namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Labels of an ENUM.</summary>
internal sealed class EnumColumn(int width, string[] labels) : QueryColumn<string?>
{
    /// <inheritdoc/>
    public override string? Read(long row)
    {
        if (IsNull(row))
        {
            return null;
        }

        return labels[width switch
        {
            1 => Vector.Value<byte>(row),
            2 => Vector.Value<ushort>(row),
            _ => Vector.Value<uint>(row),
        }];
    }
}

namespace TandemFetch.Engine.Storage.Columns;

/// <summary>Labels of an ENUM.</summary>
internal sealed unsafe class EnumColumn(int width, string[] labels) : QueryColumn<string?>
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
            1 => ((byte*)Data)[row],
            2 => ((ushort*)Data)[row],
            _ => ((uint*)Data)[row],
        }];
    }
}

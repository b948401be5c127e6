namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Values of variable length that are stored as bytes.</summary>
internal sealed class BytesColumn<T>(BytesColumn<T>.Conversion convert) : QueryColumn<T?>
    where T : class
{
    /// <summary>Creates a value from its bytes.</summary>
    public delegate T Conversion(ReadOnlySpan<byte> bytes);

    /// <inheritdoc/>
    public override T? Read(long row)
    {
        if (IsNull(row))
        {
            return null;
        }

        return convert(Vector.Bytes(row));
    }
}

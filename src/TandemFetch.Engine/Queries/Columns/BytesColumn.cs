namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Values of any length that are kept as bytes.</summary>
internal sealed class BytesColumn<T>(BytesColumn<T>.Conversion convert) : QueryColumn<T?>
    where T : class
{
    /// <summary>Makes a value of its bytes.</summary>
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

using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage.Columns;

/// <summary>Values of any length that are kept as bytes.</summary>
internal sealed unsafe class BytesColumn<T>(BytesColumn<T>.Conversion convert) : QueryColumn<T?>
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

        var bytes = (DuckDBString*)Data + row;
        return convert(new ReadOnlySpan<byte>(bytes->Data, bytes->Length));
    }
}

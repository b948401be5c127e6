using System.Buffers;

namespace TandemFetch.Engine.Export;

/// <summary>
/// JSON lines without NaN and infinity, which DuckDB writes by these names, also inside lists and JSON values, although
/// JSON does not have them.
/// </summary>
/// <param name="target">Where to write the lines.</param>
internal sealed class FiniteJson(Stream target)
{
    private const int BlockSize = 1 << 16;

    private static readonly SearchValues<byte> EndsOfText = SearchValues.Create("\"\\"u8);

    // Outside of text, these letters begin one of the names, in any spelling, or null itself.
    private static readonly SearchValues<byte> Names = SearchValues.Create("NIni"u8);

    private static readonly SearchValues<byte> EndsOfRest = SearchValues.Create("\"-NIni"u8);

    private static readonly SearchValues<byte> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private Place _place;

    /// <summary>Where the next byte is.</summary>
    private enum Place
    {
        Outside,
        InText,
        AfterBackslash,
        AfterMinus,
        InName,
    }

    /// <summary>Whether values of a column, or parts of them, can be NaN.</summary>
    public static bool Concerns(ExportColumn column) => column.Type.Contains("FLOAT", StringComparison.Ordinal)
        || column.Type.Contains("DOUBLE", StringComparison.Ordinal)
        || column.Type.Contains("JSON", StringComparison.Ordinal)
        || column.Type.Contains("VARIANT", StringComparison.Ordinal);

    /// <summary>Copies lines, with null for NaN and infinity.</summary>
    /// <param name="source">The lines as DuckDB wrote them.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    public void Copy(Stream source, CancellationToken cancellationToken)
    {
        var buffer = new byte[BlockSize];
        for (var length = source.Read(buffer); length > 0; length = source.Read(buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, length);
            while (!rest.IsEmpty)
            {
                rest = rest[Advance(rest)..];
            }
        }
    }

    /// <summary>Copies up to the next byte that matters, and returns how many bytes are done.</summary>
    private int Advance(ReadOnlySpan<byte> rest)
    {
        switch (_place)
        {
            case Place.InText:
                return CopyText(rest);
            case Place.AfterBackslash:
                _place = Place.InText;
                target.Write(rest[..1]);
                return 1;
            case Place.AfterMinus:
                _place = Place.Outside;
                if (!Names.Contains(rest[0]))
                {
                    target.Write("-"u8);
                }

                return 0;
            case Place.InName:
                var length = rest.IndexOfAnyExcept(Letters);
                _place = length < 0 ? Place.InName : Place.Outside;
                return length < 0 ? rest.Length : length;
            default:
                return CopyOutside(rest);
        }
    }

    private int CopyOutside(ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOfAny(EndsOfRest);
        if (length < 0)
        {
            target.Write(rest);
            return rest.Length;
        }

        target.Write(rest[..length]);
        switch ((char)rest[length])
        {
            case '"':
                target.Write("\""u8);
                _place = Place.InText;
                break;
            case '-':
                _place = Place.AfterMinus;
                break;
            default:
                target.Write("null"u8);
                _place = Place.InName;
                break;
        }

        return length + 1;
    }

    private int CopyText(ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOfAny(EndsOfText) + 1;
        if (length == 0)
        {
            target.Write(rest);
            return rest.Length;
        }

        target.Write(rest[..length]);
        _place = rest[length - 1] == '"' ? Place.Outside : Place.AfterBackslash;
        return length;
    }
}

using System.Buffers.Text;

namespace TandemFetch.Engine.Catalog;

/// <summary>Integers as the log serves them: digits with an optional minus, no exponent, no fraction.</summary>
internal static class PlainInteger
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;

    /// <summary>Writes <paramref name="number"/> × 10^−<paramref name="decimals"/> exactly and without trailing zeros.</summary>
    public static void AppendShifted(long number, int decimals, Utf8Buffer output)
    {
        Span<byte> text = stackalloc byte[40];
        var exact = new decimal(number) / PowerOfTen(decimals);
        Utf8Formatter.TryFormat(exact, text, out var length);
        output.Append(text[..length]);
    }

    private static decimal PowerOfTen(int exponent) => exponent switch
    {
        1 => 10m,
        2 => 100m,
        3 => 1000m,
        _ => (decimal)Math.Pow(10, exponent),
    };
}

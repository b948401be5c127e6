using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace TandemFetch.Engine.Catalog;

/// <summary>Integers as the server writes them: digits with an optional minus, no exponent, no fraction.</summary>
internal static class PlainInteger
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;

    /// <summary>
    /// Writes <paramref name="number"/> × 10^−<paramref name="decimals"/> exactly and without trailing zeros.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AppendShifted(long number, int decimals, Utf8Buffer output)
    {
        Span<byte> text = stackalloc byte[64];
        var magnitude = unchecked((ulong)(number < 0 ? -number : number));
        var end = text.Length;
        for (var place = 0; magnitude > 0 || place <= decimals; place++)
        {
            if (place == decimals && end < text.Length)
            {
                text[--end] = (byte)'.';
            }

            var (rest, digit) = Math.DivRem(magnitude, 10UL);
            if (digit > 0 || end < text.Length || place >= decimals)
            {
                text[--end] = (byte)('0' + (int)digit);
            }

            magnitude = rest;
        }

        if (number < 0)
        {
            text[--end] = (byte)'-';
        }

        output.Append(text[end..]);
    }
}

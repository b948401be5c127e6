using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TandemFetch.Engine.Pipeline;

/// <summary>Pump wall-clock times as served: <c>2026-04-30T10:04:05</c>.</summary>
internal static class PumpTimeText
{
    private const int PlainLength = 19;

    /// <summary>Whether the text is in the usual form, so that a timestamp alone gives it back.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text) => text.Length == PlainLength && text[10] == (byte)'T';

    /// <summary>Microseconds since 1970 on the pump's clock, or null when the text is no time.</summary>
    public static long? Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        if (text.Length == PlainLength && text[10] == 'T'
            && TryDigits(text[..4], out var year) && text[4] == '-'
            && TryDigits(text[5..7], out var month) && text[7] == '-'
            && TryDigits(text[8..10], out var day)
            && TryDigits(text[11..13], out var hour) && text[13] == ':'
            && TryDigits(text[14..16], out var minute) && text[16] == ':'
            && TryDigits(text[17..19], out var second)
            && year is >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour < 24 && minute < 60 && second < 60)
        {
            return Microseconds(new DateTime(year, month, day, hour, minute, second));
        }

        return ParseUnusual(text);
    }

    /// <summary>A clock time as microseconds since 1970.</summary>
    public static long Microseconds(DateTime clock) => (clock.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static long? ParseUnusual(ReadOnlySpan<byte> text) =>
        DateTime.TryParseExact(
            Encoding.UTF8.GetString(text),
            ["yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var clock)
            ? Microseconds(clock)
            : null;

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && number >= 0 && text[0] is >= (byte)'0' and <= (byte)'9';
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>Pump wall-clock times in the server's format: <c>2026-04-30T10:04:05</c>.</summary>
internal static class PumpTimeText
{
    /// <summary>Length of the canonical form.</summary>
    public const int PlainLength = 19;

    /// <summary>Whether the text has the canonical form, so that it can be restored from a timestamp.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text) => text.Length == PlainLength && text[10] == (byte)'T';

    /// <summary>Microseconds since 1970 on the pump's clock, or null if the text is not a time.</summary>
    public static long? Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        return TryParsePlain(text, out var clock) ? clock : ParseUnusual(text);
    }

    /// <summary>Reads only the canonical form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParsePlain(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length != PlainLength || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var (year, month, day) = ((TwoDigits(text, 0) * 100) + TwoDigits(text, 2), TwoDigits(text, 5), TwoDigits(text, 8));
        var (hour, minute, second) = (TwoDigits(text, 11), TwoDigits(text, 14), TwoDigits(text, 17));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        microseconds = Microseconds(new DateTime(year, month, day, hour, minute, second));
        return true;
    }

    /// <summary>A clock time as microseconds since 1970.</summary>
    public static long Microseconds(DateTime clock) => UnixTime.Microseconds(clock);

    private static long? ParseUnusual(ReadOnlySpan<byte> text) =>
        DateTime.TryParseExact(
            Encoding.UTF8.GetString(text),
            ["yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var clock)
            ? Microseconds(clock)
            : null;

    /// <summary>The number at a position, or one far below zero if there are no two digits.</summary>
    private static int TwoDigits(ReadOnlySpan<byte> text, int at)
    {
        const int None = -1_000_000;
        var (tens, ones) = (text[at] - '0', text[at + 1] - '0');
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : None;
    }
}

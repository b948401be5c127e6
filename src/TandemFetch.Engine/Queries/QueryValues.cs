using System.Globalization;
using System.Numerics;
using DuckDB.NET.Native;

namespace TandemFetch.Engine.Queries;

/// <summary>Converts DuckDB's format of a value to the value that users get.</summary>
internal static class QueryValues
{
    private const int NanosecondsPerTick = 100;

    /// <summary>The scale is at most 28, the limit of .NET's decimal.</summary>
    public const byte LargestScale = 28;

    public static DateTime FromDays(int days) => FromTicks((Int128)days * TimeSpan.TicksPerDay);

    public static DateTime FromSeconds(long seconds) => FromTicks((Int128)seconds * TimeSpan.TicksPerSecond);

    public static DateTime FromMilliseconds(long milliseconds) => FromTicks((Int128)milliseconds * TimeSpan.TicksPerMillisecond);

    public static DateTime FromMicroseconds(long microseconds) => FromTicks((Int128)microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>
    /// .NET counts in units of 100 nanoseconds; smaller parts are dropped. The largest and smallest numbers mean
    /// infinity.
    /// </summary>
    public static DateTime FromNanoseconds(long nanoseconds) => nanoseconds switch
    {
        long.MaxValue => DateTime.MaxValue,
        -long.MaxValue => DateTime.MinValue,
        _ => FromTicks((nanoseconds - (((nanoseconds % NanosecondsPerTick) + NanosecondsPerTick) % NanosecondsPerTick)) / NanosecondsPerTick),
    };

    public static TimeSpan TimeOfDay(long microseconds) => new(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>
    /// 40 bits of microseconds, then 24 bits with the difference between the offset and 15:59:59. The day may end at
    /// 24:00.
    /// </summary>
    public static string TimeWithOffset(ulong bits)
    {
        var time = TimeOfDay((long)(bits >> 24));
        var offset = TimeSpan.FromSeconds(57_599 - (long)(bits & 0xFF_FFFF));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)time.TotalHours:00}:{time:mm\\:ss\\.ffffff}{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}{(offset.Seconds == 0 ? "" : $":{offset:ss}")}");
    }

    /// <summary>
    /// A month has no fixed length, and .NET's longest time is 29,000 years, so an interval with months, or a longer
    /// one, becomes text.
    /// </summary>
    public static object Interval(DuckDBInterval interval)
    {
        var microseconds = unchecked((long)interval.Micros);
        var ticks = (interval.Days * (Int128)TimeSpan.TicksPerDay) + ((Int128)microseconds * TimeSpan.TicksPerMicrosecond);
        return interval.Months == 0 && ticks >= long.MinValue && ticks <= long.MaxValue
            ? new TimeSpan((long)ticks)
            : string.Create(CultureInfo.InvariantCulture, $"{interval.Months} months {interval.Days} days {Clock(microseconds)}");
    }

    /// <summary>
    /// Sums of integers are HUGEINT in DuckDB. They become a 64-bit integer, like the summands, and a BigInteger, whose
    /// division would truncate, only beyond that.
    /// </summary>
    public static object HugeInt(Int128 value) =>
        value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)(BigInteger)value;

    public static object UnsignedHugeInt(UInt128 value) =>
        value <= (UInt128)long.MaxValue ? (long)value : (object)(BigInteger)value;

    /// <summary>A decimal of up to 38 digits; text if .NET's decimal would truncate it.</summary>
    public static object WideDecimal(Int128 unscaled, byte scale)
    {
        var magnitude = (UInt128)Int128.Abs(unscaled);
        if (magnitude <= (UInt128)decimal.MaxValue && scale <= LargestScale)
        {
            return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), unscaled < 0, scale);
        }

        var digits = magnitude.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (unscaled < 0 ? "-" : "") + (scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}");
    }

    /// <summary>A UUID is stored as a number with its highest bit flipped, so that it sorts correctly.</summary>
    public static Guid Uuid(Int128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt128BigEndian(bytes, value ^ (Int128.One << 127));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The number of a UUID as DuckDB expects it from a caller, without the flip.</summary>
    public static BigInteger Number(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt128BigEndian(bytes);
    }

    /// <summary>Bits as text of 0 and 1; the first byte counts the padding bits of the next one.</summary>
    public static string Bits(ReadOnlySpan<byte> bytes)
    {
        var bits = string.Concat(bytes[1..].ToArray().Select(part => Convert.ToString(part, 2).PadLeft(8, '0')));
        return bits[bytes[0]..];
    }

    /// <summary>
    /// A time since 1970 of unspecified kind; the first or last .NET time for values that are out of range, including
    /// infinity.
    /// </summary>
    private static DateTime FromTicks(Int128 ticks) => new(
        (long)Int128.Clamp(ticks + DateTime.UnixEpoch.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);

    private static string Clock(long microseconds)
    {
        var magnitude = UInt128.CreateChecked(Int128.Abs(microseconds));
        var (seconds, rest) = (magnitude / 1_000_000, magnitude % 1_000_000);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(microseconds < 0 ? "-" : "")}{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}{(rest == 0 ? "" : $".{rest:000000}")}");
    }
}

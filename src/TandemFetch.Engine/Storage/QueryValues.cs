using System.Globalization;
using System.Numerics;
using DuckDB.NET.Native;

namespace TandemFetch.Engine.Storage;

/// <summary>From the form in which DuckDB keeps a value to the one that users get.</summary>
internal static class QueryValues
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The scale is 28 at most, where .NET's decimal ends.</summary>
    public const byte LargestScale = 28;

    public static DateTime FromDays(int days) => DateTime.UnixEpoch.AddDays(days).Date.WithoutKind();

    public static DateTime FromSeconds(long seconds) => FromTicks(checked(seconds * TimeSpan.TicksPerSecond));

    public static DateTime FromMilliseconds(long milliseconds) => FromTicks(checked(milliseconds * TimeSpan.TicksPerMillisecond));

    public static DateTime FromMicroseconds(long microseconds) => FromTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));

    public static DateTime FromNanoseconds(long nanoseconds) => FromTicks(nanoseconds / NanosecondsPerTick);

    public static TimeSpan TimeOfDay(long microseconds) => new(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>40 bits of microseconds, then 24 bits of what the offset is short of 15:59:59.</summary>
    public static string TimeWithOffset(ulong bits)
    {
        var time = TimeOfDay((long)(bits >> 24));
        var offset = TimeSpan.FromSeconds(57_599 - (long)(bits & 0xFF_FFFF));
        return time.ToString(@"hh\:mm\:ss\.ffffff", CultureInfo.InvariantCulture)
            + (offset < TimeSpan.Zero ? '-' : '+') + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>A month has no length, so an interval with months stays text.</summary>
    public static object Interval(DuckDBInterval interval)
    {
        var time = new TimeSpan(checked((interval.Days * TimeSpan.TicksPerDay) + (unchecked((long)interval.Micros) * TimeSpan.TicksPerMicrosecond)));
        return interval.Months == 0
            ? time
            : $"{interval.Months} months {interval.Days} days {time - TimeSpan.FromDays(interval.Days):c}";
    }

    /// <summary>
    /// Sums of integers are HUGEINT in DuckDB: a plain 64-bit integer, as its parts are, and only beyond that a BigInteger, with
    /// which division would cut.
    /// </summary>
    public static object HugeInt(Int128 value) =>
        value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)(BigInteger)value;

    public static object UnsignedHugeInt(UInt128 value) =>
        value <= (UInt128)long.MaxValue ? (long)value : (object)(BigInteger)value;

    public static decimal Decimal(long unscaled, byte scale)
    {
        var magnitude = (ulong)Math.Abs(unscaled);
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, unscaled < 0, scale);
    }

    /// <summary>A decimal of up to 38 digits; text where .NET's decimal would cut it.</summary>
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

    /// <summary>A UUID is kept as a number whose highest bit is flipped, so that it sorts.</summary>
    public static Guid Uuid(Int128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt128BigEndian(bytes, value ^ (Int128.One << 127));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Bits as text of 0 and 1; the first byte counts the bits that fill up the next one.</summary>
    public static string Bits(ReadOnlySpan<byte> bytes)
    {
        var bits = string.Concat(bytes[1..].ToArray().Select(part => Convert.ToString(part, 2).PadLeft(8, '0')));
        return bits[bytes[0]..];
    }

    private static DateTime FromTicks(long ticks) => DateTime.UnixEpoch.AddTicks(ticks).WithoutKind();

    private static DateTime WithoutKind(this DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
}

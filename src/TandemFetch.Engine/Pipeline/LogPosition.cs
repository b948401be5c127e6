namespace TandemFetch.Engine.Pipeline;

/// <summary>The order in which a pump logged its entries, as a single number.</summary>
internal static class LogPosition
{
    private const int NumberBits = 32;

    /// <summary>Whether a sequence group and number have a position: group below 2³¹, number below 2³².</summary>
    public static bool Exists(long group, long number) =>
        group is >= 0 and <= int.MaxValue && number is >= 0 and <= uint.MaxValue;

    public static long Of(long group, long number) => (group << NumberBits) | number;

    /// <summary>The sequence numbers that the positions of a range can have.</summary>
    public static (long First, long Last) NumbersOf(long first, long last) =>
        first >> NumberBits == last >> NumberBits ? (first & uint.MaxValue, last & uint.MaxValue) : (0, uint.MaxValue);
}

namespace TandemFetch.Sandbox.Pump;

/// <summary>A small generator of our own: the same numbers for the same seed on every platform and framework version.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>An independent stream, so that drawing more of one kind does not shift all others.</summary>
    public SeededRandom Fork(ulong salt) => new(Mix(_state ^ (salt * 0x9E3779B97F4A7C15UL)));

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>At least <paramref name="from"/>, less than <paramref name="to"/>.</summary>
    public int Next(int from, int to) => from + (int)(NextDouble() * (to - from));

    public double Between(double from, double to) => from + (NextDouble() * (to - from));

    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>About normal, from sums alone: no transcendental function that could differ between machines.</summary>
    public double Normal() => (NextDouble() + NextDouble() + NextDouble() + NextDouble() - 2.0) * 1.7320508;

    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }
}

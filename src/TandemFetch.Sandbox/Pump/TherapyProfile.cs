namespace TandemFetch.Sandbox.Pump;

/// <summary>The owner's settings: six segments of the day. They are adjusted every 75 days.</summary>
internal sealed class TherapyProfile
{
    public const int DaysPerVersion = 75;

    private static readonly int[] StartMinutes = [0, 240, 420, 690, 1020, 1290];
    private static readonly double[] BasalShape = [0.95, 1.2, 1.1, 0.9, 1.0, 0.85];

    private readonly double _basal;
    private readonly SeededRandom _random;
    private VersionRates? _lastAsked;

    public TherapyProfile(SeededRandom random)
    {
        _random = random;
        _basal = random.Between(0.55, 1.3);
        var daily = _basal * 48;
        CorrectionFactor = (int)(1700 / daily);
        CarbRatio = Math.Round(470 / daily, 1);
        Target = 110;
    }

    /// <summary>mg/dL that one unit lowers.</summary>
    public int CorrectionFactor { get; }

    /// <summary>Grams that one unit covers.</summary>
    public double CarbRatio { get; }

    /// <summary>mg/dL.</summary>
    public int Target { get; }

    public int Segments => StartMinutes.Length;

    public static int StartMinute(int segment) => StartMinutes[segment];

    /// <summary>Milliunits an hour.</summary>
    public int BasalRate(int version, int segment)
    {
        // Called several times at every step. Replaced as a whole, since an account request may read it at the same
        // time.
        var rates = _lastAsked;
        if (rates?.Version != version)
        {
            var change = 1 + ((_random.Fork((ulong)version + 100).NextDouble() - 0.5) * 0.12);
            _lastAsked = rates = new VersionRates(
                version, [.. BasalShape.Select(shape => (int)Math.Round(_basal * shape * change * 200) * 5)]);
        }

        return rates.Rates[segment];
    }

    /// <summary>The active segment at that minute of the pump's day.</summary>
    public static int SegmentAt(int minute)
    {
        var segment = StartMinutes.Length - 1;
        while (StartMinutes[segment] > minute)
        {
            segment--;
        }

        return segment;
    }

    private sealed record VersionRates(int Version, int[] Rates);
}

namespace TandemFetch.Sandbox.Pump;

/// <summary>How the owner treats the pump's clock. What is null is drawn from the seed.</summary>
public sealed record ClockHabits
{
    /// <summary>A clock that is always right on the day, from an owner who stays at home.</summary>
    public static ClockHabits Tidy { get; } = new()
    {
        SummerTime = Pump.SummerTime.OnTheDay,
        TripsPerYear = 0,
        DriftSecondsPerWeek = 0,
        FirstSetting = false,
        Reset = false,
        DateSlips = 0,
        EmptyBatteries = 0,
    };

    /// <summary>When the clock is set for daylight saving.</summary>
    public SummerTime? SummerTime { get; init; }

    /// <summary>Journeys to other zones in a year, 0 to 6.</summary>
    public int? TripsPerYear { get; init; }

    /// <summary>Seconds by which the clock gains (or, negative, loses) in a week.</summary>
    public double? DriftSecondsPerWeek { get; init; }

    /// <summary>Whether the log begins before the clock was first set, on a meaningless clock.</summary>
    public bool? FirstSetting { get; init; }

    /// <summary>Whether the clock is reset to its manufacturing value once in the middle.</summary>
    public bool? Reset { get; init; }

    /// <summary>
    /// How often in the log the date is wrong for a while, by days, a month or a year, for minutes to days; it is
    /// always corrected three days before the first upload. Logs of less than three weeks have no wrong dates.
    /// </summary>
    public int? DateSlips { get; init; }

    /// <summary>
    /// How often in the log the battery runs empty, after which the clock starts again in 2008 or 2020. Logs of less
    /// than three weeks have no empty battery.
    /// </summary>
    public int? EmptyBatteries { get; init; }

    /// <summary>Further wrong dates, at specified times.</summary>
    public IReadOnlyList<DateSlip> DateSlipsAt { get; init; } = [];

    /// <summary>Further empty batteries, at specified times.</summary>
    public IReadOnlyList<EmptyBattery> EmptyBatteriesAt { get; init; } = [];

    internal ClockHabits Drawn(SeededRandom random)
    {
        // Every value is drawn, whatever is specified, so that one option does not change the others.
        var summer = (SummerTime)random.Next(0, 5);
        var trips = random.Chance(0.45) ? 0 : random.Next(1, 4);
        var drift = Math.Round(random.Chance(0.4) ? random.Between(-4, 4) : random.Between(-0.5, 0.5), 2);
        var first = random.Chance(0.2);
        var reset = random.Chance(0.06);
        var slips = random.Chance(0.25) ? random.Next(1, 3) : 0;
        var batteries = random.Chance(0.15) ? 1 : 0;
        return this with
        {
            SummerTime = SummerTime ?? summer,
            TripsPerYear = Math.Clamp(TripsPerYear ?? trips, 0, 6),
            DriftSecondsPerWeek = DriftSecondsPerWeek ?? drift,
            FirstSetting = FirstSetting ?? first,
            Reset = Reset ?? reset,
            DateSlips = Math.Clamp(DateSlips ?? slips, 0, 12),
            EmptyBatteries = Math.Clamp(EmptyBatteries ?? batteries, 0, 12),
        };
    }
}

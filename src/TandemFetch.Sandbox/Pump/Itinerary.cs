namespace TandemFetch.Sandbox.Pump;

/// <summary>Where the owner is and when the pump's clock is set: drawn once, in order of time, from the seed.</summary>
internal sealed class Itinerary
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    /// <summary>A log that is too short leaves out what must be over some days before its end.</summary>
    private const long ShortestEventfulLog = 21 * Day;

    private static readonly string[] Destinations =
    [
        "Europe/Paris", "Europe/London", "Asia/Tokyo", "America/Los_Angeles", "America/Denver", "America/Chicago",
        "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Asia/Dubai", "Pacific/Honolulu", "America/Sao_Paulo",
    ];

    private readonly List<Stay> _stays = [];
    private readonly List<ClockAction> _actions = [];
    private readonly bool _standardTimeOnly;
    private TimeZoneInfo? _askedZone;
    private long _askedQuarter;
    private long _answer;

    public Itinerary(TimeZoneInfo home, ClockHabits habits, long start, long end, long horizon, SeededRandom random)
    {
        _standardTimeOnly = habits.SummerTime == SummerTime.Never;
        _stays.Add(new Stay(long.MinValue, home));
        DrawTrips(home, habits.TripsPerYear ?? 0, start, end, horizon, random.Fork(1));
        DrawSummerTime(habits.SummerTime ?? SummerTime.OnTheDay, start, horizon, random.Fork(2));
        DrawDrift(habits.DriftSecondsPerWeek ?? 0, start, horizon, random.Fork(3));
        if (habits.Reset == true)
        {
            var at = start + (long)((end - start) * random.Fork(4).Between(0.3, 0.7));
            _actions.Add(new ClockAction(at, at, ClockActionKind.Reset));
        }

        DrawDateSlips(habits, start, end, random.Fork(5));
        DrawEmptyBatteries(habits, start, end, random.Fork(6));
        _actions.Sort((a, b) => a.Utc.CompareTo(b.Utc));
    }

    public IReadOnlyList<Stay> Stays => _stays;

    public IReadOnlyList<ClockAction> Actions => _actions;

    /// <summary>The zone the owner is in.</summary>
    public TimeZoneInfo ZoneAt(long utc)
    {
        for (var i = _stays.Count - 1; i > 0; i--)
        {
            if (_stays[i].FromUtc <= utc)
            {
                return _stays[i].Zone;
            }
        }

        return _stays[0].Zone;
    }

    /// <summary>True local time minus UTC, milliseconds.</summary>
    public long OffsetAt(long utc)
    {
        // Called at every step: offsets change only on quarters of an hour, and reading the zone's rules is slow.
        var zone = ZoneAt(utc);
        var quarter = utc / (Hour / 4);
        if (quarter != _askedQuarter || !ReferenceEquals(zone, _askedZone))
        {
            (_askedZone, _askedQuarter, _answer) = (zone, quarter, Offset(zone, utc));
        }

        return _answer;
    }

    /// <summary>The offset that the owner believes to be correct.</summary>
    public long BelievedOffsetAt(long utc) =>
        _standardTimeOnly ? (long)ZoneAt(utc).BaseUtcOffset.TotalMilliseconds : OffsetAt(utc);

    private static long Offset(TimeZoneInfo zone, long utc) =>
        (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(utc)).TotalMilliseconds;

    private void DrawTrips(TimeZoneInfo home, int perYear, long start, long end, long horizon, SeededRandom random)
    {
        if (perYear == 0)
        {
            return;
        }

        var free = start + (3 * Day);
        var average = 365 * Day / perYear;
        while (true)
        {
            var depart = free + (long)(average * random.Between(0.35, 1.2));
            var back = depart + (long)(Day * random.Between(4, 21));
            if (back > horizon)
            {
                return;
            }

            string name;
            do
            {
                name = Destinations[random.Next(0, Destinations.Length)];
            }
            while (name == home.Id);

            _stays.Add(new Stay(depart, TimeZoneInfo.FindSystemTimeZoneById(name)));
            _stays.Add(new Stay(back, home));
            var manner = random.NextDouble();
            var arrival = depart + (long)(manner < 0.6 ? Hour * random.Between(0.5, 12) : Day * random.Between(1, 3));
            var forgetsDate = random.Chance(0.15);
            var fixedAt = arrival + (long)(Day * random.Between(0.4, 1.5));
            var homeAgain = back + (long)(random.Chance(0.7) ? Hour * random.Between(0.5, 12) : Day * random.Between(1, 4));
            if (manner < 0.85)
            {
                // A wrong date is always corrected well before the end: at the very end, no rule could detect it.
                var slip = forgetsDate && fixedAt < Math.Min(back, end - (3 * Day));
                _actions.Add(new ClockAction(arrival, arrival, slip ? ClockActionKind.LocalWithoutDate : ClockActionKind.Local));
                if (slip)
                {
                    _actions.Add(new ClockAction(fixedAt, fixedAt, ClockActionKind.DateAlone));
                }

                _actions.Add(new ClockAction(homeAgain, homeAgain, ClockActionKind.Local));
            }

            free = back + (6 * Day);
        }
    }

    private void DrawSummerTime(SummerTime habit, long start, long horizon, SeededRandom random)
    {
        for (var day = start; day < horizon; day += Day)
        {
            var zone = ZoneAt(day);
            if (Offset(zone, day) == Offset(zone, day + Day) || !ReferenceEquals(zone, ZoneAt(day + Day)))
            {
                continue;
            }

            long low = day, high = day + Day;
            while (high - low > 1000)
            {
                var middle = (low + high) / 2;
                (low, high) = Offset(zone, middle) == Offset(zone, day) ? (middle, high) : (low, middle);
            }

            var drawn = (SummerTime)random.Next(0, 3);
            var share = random.NextDouble();
            switch (habit == SummerTime.Mixed ? drawn : habit)
            {
                case SummerTime.OnTheDay:
                    var morning = high + (long)(Hour * (1 + (15 * share)));
                    _actions.Add(new ClockAction(morning, morning, ClockActionKind.Local));
                    break;
                case SummerTime.Late:
                    var late = high + (long)(Day * (1 + (24 * share)));
                    _actions.Add(new ClockAction(late, late, ClockActionKind.Local));
                    break;
                case SummerTime.Early:
                    _actions.Add(new ClockAction(high - (long)(Day * (0.1 + (2.9 * share))), high + Hour, ClockActionKind.Local));
                    break;
            }
        }
    }

    private void DrawDateSlips(ClockHabits habits, long start, long end, SeededRandom random)
    {
        for (var i = 0; i < (habits.DateSlips ?? 0) && end - start >= ShortestEventfulLog; i++)
        {
            var minutes = random.NextDouble() switch
            {
                < 0.4 => random.Between(2, 60),
                < 0.7 => random.Between(60, 24 * 60),
                _ => random.Between(24 * 60, 8 * 24 * 60),
            };
            var days = (random.Chance(0.5) ? 1 : -1) * random.NextDouble() switch
            {
                < 0.4 => random.Next(1, 11),
                < 0.75 => random.Next(28, 32),
                _ => 365,
            };
            var latest = end - (3 * Day) - (long)(minutes * 60_000);
            var at = start + (2 * Day) + (long)((latest - start - (2 * Day)) * random.NextDouble());
            Slip(new DateSlip(
                DateTimeOffset.FromUnixTimeMilliseconds(at), days, TimeSpan.FromMinutes(Math.Round(minutes))));
        }

        foreach (var slip in habits.DateSlipsAt)
        {
            Slip(slip);
        }
    }

    private void Slip(DateSlip slip)
    {
        var at = slip.At.ToUnixTimeMilliseconds();
        _actions.Add(new ClockAction(at, at, ClockActionKind.WrongDate) { Slip = slip });
    }

    private void DrawEmptyBatteries(ClockHabits habits, long start, long end, SeededRandom random)
    {
        for (var i = 0; i < (habits.EmptyBatteries ?? 0) && end - start >= ShortestEventfulLog; i++)
        {
            var at = start + (2 * Day) + (long)((end - start - (7 * Day)) * random.NextDouble());
            Drain(new EmptyBattery(
                DateTimeOffset.FromUnixTimeMilliseconds(at),
                TimeSpan.FromMinutes(random.Next(20, 600)),
                new DateOnly(random.Chance(0.5) ? 2008 : 2020, 1, 1),
                TimeSpan.FromMinutes(random.Chance(0.7) ? random.Next(2, 40) : random.Next(40, 1200))));
        }

        foreach (var battery in habits.EmptyBatteriesAt)
        {
            Drain(battery);
        }
    }

    private void Drain(EmptyBattery battery)
    {
        var at = battery.At.ToUnixTimeMilliseconds();
        _actions.Add(new ClockAction(at, at, ClockActionKind.EmptyBattery) { Battery = battery });
    }

    private void DrawDrift(double secondsPerWeek, long start, long horizon, SeededRandom random)
    {
        if (Math.Abs(secondsPerWeek) < 1)
        {
            return;
        }

        // Corrected before the clock is off by much more than a minute.
        var longest = Math.Min(26, 75 / Math.Abs(secondsPerWeek));
        for (var at = start; at < horizon;)
        {
            at += (long)(7 * Day * longest * random.Between(0.5, 1));
            _actions.Add(new ClockAction(at, at, ClockActionKind.Drift));
        }
    }
}

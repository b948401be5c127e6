namespace TandemFetch.Sandbox.Pump;

/// <summary>Adds up the insulin given as basal: rate times true time, by true day.</summary>
internal sealed class BasalTruth(TimeZoneInfo home, long start)
{
    private const double MilliunitMilliseconds = 1000.0 * 3_600_000.0;
    private const long Day = 86_400_000;

    private readonly SortedDictionary<DateOnly, double> _byLocalDay = [];
    private readonly SortedDictionary<DateOnly, double> _byUtcDay = [];
    private long _since = start;
    private int _rate;
    private DateOnly _localDay;
    private long _localDayEnd = long.MinValue;

    public int Rate => _rate;

    public IReadOnlyDictionary<DateOnly, double> ByLocalDay => _byLocalDay;

    public IReadOnlyDictionary<DateOnly, double> ByUtcDay => _byUtcDay;

    /// <summary>From this moment on the pump gives that much (milliunits an hour).</summary>
    public void Change(long utc, int rate)
    {
        while (_since < utc)
        {
            if (_since >= _localDayEnd)
            {
                FindLocalDay();
            }

            var utcDayEnd = ((_since / Day) + 1) * Day;
            var until = Math.Min(utc, Math.Min(_localDayEnd, utcDayEnd));
            var units = _rate * (until - _since) / MilliunitMilliseconds;
            Add(_byLocalDay, _localDay, units);
            Add(_byUtcDay, DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(_since)), units);
            _since = until;
        }

        _rate = rate;
    }

    /// <summary>That many milliunits at once, besides whatever the rate gives.</summary>
    public void Give(long utc, int milliunits)
    {
        Change(utc, _rate);
        if (_since >= _localDayEnd)
        {
            FindLocalDay();
        }

        Add(_byLocalDay, _localDay, milliunits / 1000.0);
        Add(_byUtcDay, DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(utc)), milliunits / 1000.0);
    }

    private static void Add(SortedDictionary<DateOnly, double> days, DateOnly day, double units) =>
        days[day] = days.GetValueOrDefault(day) + units;

    private void FindLocalDay()
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(_since), home);
        _localDay = DateOnly.FromDateTime(local.DateTime);
        var next = _localDay.AddDays(1).ToDateTime(TimeOnly.MinValue);
        while (home.IsInvalidTime(next))
        {
            next = next.AddMinutes(15);
        }

        // On a day whose midnight occurs twice, the first midnight ends the previous day.
        var offset = home.IsAmbiguousTime(next) ? home.GetAmbiguousTimeOffsets(next).Max() : home.GetUtcOffset(next);
        _localDayEnd = new DateTimeOffset(next, offset).ToUnixTimeMilliseconds();
        if (_localDayEnd <= _since)
        {
            _localDayEnd = _since + 3_600_000;
        }
    }
}

using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>
/// A pump's clock that runs, is set and is reset, together with the true time. Every action logs; <see cref="History"/>
/// is what an owner and a server would see of it.
/// </summary>
internal sealed class SimulatedClock(DateTimeOffset start, TimeSpan ahead)
{
    private static readonly TimeSpan Silent = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Long = TimeSpan.FromHours(12);

    private readonly List<ClockSetting> _settings = [];
    private readonly List<ClockStep> _steps = [];
    private readonly List<ClockUpload> _uploads = [];
    private readonly List<(long Position, PumpTime Clock, DateTimeOffset Utc)> _entries = [];
    private long _position;
    private DateTimeOffset _now = start;
    private TimeSpan _ahead = ahead;

    /// <summary>Entries that set nothing, with their true time.</summary>
    public IReadOnlyList<(long Position, PumpTime Clock, DateTimeOffset Utc)> Entries => _entries;

    /// <summary>What the clock shows.</summary>
    public PumpTime Clock => PumpTime.From(_now.UtcDateTime + _ahead);

    /// <summary>What is known about the clock, by default with an upload right now.</summary>
    public ClockHistory History(bool uploads = true) => new()
    {
        Settings = _settings,
        Steps = _steps,
        Uploads = _uploads,
        Oldest = _entries[0].Clock,
        Newest = _entries[^1].Clock,
        LastUpload = uploads ? (_entries[^1].Clock, _entries[^1].Utc.AddMinutes(2)) : null,
    };

    /// <summary>Lets the clock run and logs on the way.</summary>
    public SimulatedClock Run(TimeSpan time)
    {
        const int Entries = 3;
        for (var entry = 0; entry < Entries; entry++)
        {
            _now += time / Entries;
            Log(Clock);
            _entries.Add((_position, Clock, _now));
        }

        return this;
    }

    /// <summary>Sets the clock to this offset from UTC: the date, the time, or both as the pump does.</summary>
    public SimulatedClock Set(TimeSpan ahead)
    {
        var (before, after) = (Clock.ToDateTime(), PumpTime.From(_now.UtcDateTime + ahead).ToDateTime());
        _position += 10;
        foreach (var change in new[] { after.Date - before.Date, after.TimeOfDay - before.TimeOfDay }.Where(change => change != TimeSpan.Zero))
        {
            _ahead += change;
            _settings.Add(new ClockSetting(++_position, Clock, change));
        }

        return this;
    }

    /// <summary>The battery is empty for a while, and the clock restarts with its manufacturing date.</summary>
    public SimulatedClock Reset(DateTime begin, TimeSpan off)
    {
        _now += off;
        _ahead = begin - _now.UtcDateTime;
        return this;
    }

    /// <summary>The clock recovers, as from a phone, without a setting.</summary>
    public SimulatedClock Recover(TimeSpan ahead)
    {
        _ahead = ahead;
        return this;
    }

    /// <summary>Uploads.</summary>
    public SimulatedClock Upload()
    {
        _uploads.Add(new ClockUpload(_position, _entries[^1].Clock, _entries[^1].Utc.AddMinutes(2)));
        return this;
    }

    private void Log(PumpTime clock)
    {
        // A setting right before it already shows what the clock showed.
        var (last, before) = _settings.Count > 0 && _settings[^1].Position == _position
            ? (_settings[^1].PumpTime, true)
            : (_entries.Count > 0 ? _entries[^1].Clock : clock, _entries.Count > 0);
        _position += 10;
        var step = clock - last;
        if (before && (step < -Silent || step >= Long))
        {
            _steps.Add(new ClockStep(_position, last, clock));
        }
    }
}

namespace TandemFetch.Engine.Clock;

/// <summary>
/// Finds the steps of a clock among entries that are added in log order. A setting is no step, because its values are
/// part of the log: the clock is read before and after it.
/// </summary>
/// <param name="settings">All settings of the clock, in log order.</param>
/// <param name="first">The log position from which settings count.</param>
internal sealed class StepSearch(IReadOnlyList<ClockSetting> settings, long first)
{
    private static readonly TimeSpan LeastBack = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeastAhead = TimeSpan.FromHours(12);

    private readonly List<ClockStep> _found = [];
    private int _next = IndexFrom(settings, first);

    // That of the next setting, which is compared with every entry.
    private long _nextPosition = PositionOf(settings, IndexFrom(settings, first));
    private PumpTime? _before;

    /// <summary>The steps up to now.</summary>
    public IReadOnlyList<ClockStep> Found => _found;

    /// <summary>Adds the next entry that is no setting.</summary>
    public void Add(long position, PumpTime clock)
    {
        AddSettings(position);
        Compare(position, clock);
        _before = clock;
    }

    /// <summary>Adds the settings up to a position.</summary>
    public void AddSettings(long last)
    {
        while (_nextPosition <= last)
        {
            Compare(_nextPosition, settings[_next].Before);
            _before = settings[_next].PumpTime;
            _nextPosition = PositionOf(settings, ++_next);
        }
    }

    /// <summary>Adds the next setting and returns its position; null if there is none.</summary>
    public long? AddNextSetting()
    {
        if (_next == settings.Count)
        {
            return null;
        }

        var position = _nextPosition;
        AddSettings(position);
        return position;
    }

    private void Compare(long position, PumpTime clock)
    {
        if (_before is { } before && (before - clock > LeastBack || clock - before >= LeastAhead))
        {
            _found.Add(new ClockStep(position, before, clock));
        }
    }

    private static long PositionOf(IReadOnlyList<ClockSetting> settings, int index) =>
        index < settings.Count ? settings[index].Position : long.MaxValue;

    private static int IndexFrom(IReadOnlyList<ClockSetting> settings, long position)
    {
        var (low, high) = (0, settings.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = settings[middle].Position < position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

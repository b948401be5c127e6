namespace TandemFetch.Sandbox.Pump;

/// <summary>The pump's wall clock: no zone, set by hand, and a little fast or slow. Milliseconds since 2008-01-01 00:00:00.</summary>
internal sealed class PumpClock
{
    /// <summary>2008-01-01T00:00:00Z in Unix milliseconds.</summary>
    public const long Epoch = 1_199_145_600_000;

    private readonly double _driftPerMillisecond;
    private long _anchorUtc;
    private long _anchorWall;

    public PumpClock(long utc, long wall, double driftSecondsPerWeek)
    {
        _driftPerMillisecond = driftSecondsPerWeek / (7 * 86_400.0);
        (_anchorUtc, _anchorWall) = (utc, wall);
    }

    public long Read(long utc) => _anchorWall + (utc - _anchorUtc) + (long)((utc - _anchorUtc) * _driftPerMillisecond);

    public void Set(long utc, long wall) => (_anchorUtc, _anchorWall) = (utc, wall);

    /// <summary>When this clock will show that.</summary>
    public long UtcOf(long wall) => _anchorUtc + (long)((wall - _anchorWall) / (1 + _driftPerMillisecond));
}

using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Sandbox.Account;

/// <summary>The account and its pumps.</summary>
public sealed class SandboxAccount
{
    private const double EntriesPerDay = 1060;
    private const double SparseEntriesPerDay = 75;

    // A Libre 3 is read once a minute, the others every five.
    private const double FurtherEntriesPerDay = 1150;

    private readonly TimeProvider _time;
    private readonly double _speed;
    private readonly DateTimeOffset _startedAt;
    private readonly DateTimeOffset _origin;
    private long _advancedTicks;

    internal SandboxAccount(SandboxOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Days, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Pumps);
        _time = options.TimeProvider;
        _speed = options.Speed ?? (options.EndDate is null ? 1 : 0);
        _startedAt = _time.GetUtcNow();
        Zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        _origin = Origin(options.EndDate, Zone, _startedAt);
        var seed = (ulong)(uint)options.Seed;
        PumperId = SyntheticPump.IdFrom(seed, 10);
        AccountId = SyntheticPump.IdFrom(seed, 11);
        Pumps = [.. MakePumps(options, seed)];
    }

    /// <summary>The owner's home zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The claim <c>pumperId</c>.</summary>
    public string PumperId { get; }

    /// <summary>The claim <c>accountId</c>.</summary>
    public string AccountId { get; }

    /// <summary>The pumps; the first is the one in use.</summary>
    public IReadOnlyList<SandboxPump> Pumps { get; }

    /// <summary>Now, in the pump's time.</summary>
    public DateTimeOffset LogNow =>
        _origin + ((_time.GetUtcNow() - _startedAt) * _speed) + new TimeSpan(Interlocked.Read(ref _advancedTicks));

    internal void Advance(TimeSpan time) => Interlocked.Add(ref _advancedTicks, time.Ticks);

    /// <summary>That pump, with its log extended up to now; null if it is unknown.</summary>
    internal SandboxPump? Find(string assignmentId)
    {
        BringUpToNow();
        return Pumps.FirstOrDefault(p => p.AssignmentId == assignmentId);
    }

    internal void BringUpToNow()
    {
        if (Pumps is [{ Log: { } log }, ..])
        {
            log.AdvanceTo(LogNow);
        }
    }

    private static DateTimeOffset Origin(DateOnly? endDate, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (endDate is { } day)
        {
            var local = day.ToDateTime(new TimeOnly(23, 50));
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        var recently = now.ToUniversalTime() - TimeSpan.FromSeconds(90);
        return recently.AddTicks(-(recently.Ticks % TimeSpan.TicksPerSecond));
    }

    private IEnumerable<SandboxPump> MakePumps(SandboxOptions options, ulong seed)
    {
        var isByMinute = options.Sensor == SensorKind.Libre3 && options.Traits.HasFlag(LogTraits.MinuteReadings);
        var perDay = options.Sparse ? SparseEntriesPerDay : EntriesPerDay + (isByMinute ? FurtherEntriesPerDay : 0);
        var days = options.Entries is { } entries ? (int)Math.Ceiling(entries / perDay) : options.Days;
        var end = _origin;
        for (var i = 0; i < options.Pumps; i++)
        {
            var never = i == 2 || (i == 0 && options.NeverUploaded);
            var pumpSeed = seed + ((ulong)i << 32);
            var id = SyntheticPump.IdFrom(pumpSeed, 1);
            var serial = $"{(i % 2 == 0 ? 9 : 7)}{new SeededRandom(pumpSeed).Next(0, 10_000_000):D7}";
            SyntheticPump? log = null;
            if (!never)
            {
                var start = end.AddDays(-(i == 0 ? days : Math.Min(days, 60)));
                log = new SyntheticPump(new SyntheticPumpOptions
                {
                    Seed = pumpSeed,
                    AssignmentId = id,
                    Start = start,
                    End = end,
                    TimeZone = Zone,
                    Clock = options.Clock,
                    Sensor = options.Sensor,
                    Algorithm = options.Algorithm,
                    Sparse = options.Sparse,
                    Traits = options.Traits,
                });
                end = start.AddDays(-2);
            }

            var mobi = seed % 4 == 3 && i == 0;
            yield return new SandboxPump(
                id,
                serial,
                mobi ? "1004000" : "1000354",
                mobi ? "Tandem Mobi™ Insulin Pump" : "t:slim X2™ Insulin Pump",
                i == 0 ? "7.8.0.0" : "7.4.1.2",
                log,
                i == 0 ? null : TimeSpan.FromDays(9));
        }
    }
}

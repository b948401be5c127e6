using System.Globalization;
using System.Text;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>
/// A server with what a pump has uploaded so far: entries in log order, each with whatever the pump's clock showed,
/// with settings of the clock, unlogged jumps, entries that are held back, and entries whose content changes.
/// </summary>
internal sealed class UploadedLog : ILogSource
{
    public const string Device = "00000000-0000-4000-8000-0000000000aa";

    private static readonly DateTime PumpEpoch = new(2008, 1, 1);

    private readonly List<Entry> _entries = [];
    private long _position = 1000;

    /// <summary>By how much the pump's clock is ahead of UTC.</summary>
    public TimeSpan Ahead { get; private set; } = TimeSpan.FromHours(-5);

    /// <summary>True time of the last upload.</summary>
    public DateTimeOffset Upload { get; private set; }

    /// <summary>
    /// Whether the account shows the latest date in the log as its end, instead of the date of the newest entry.
    /// </summary>
    public bool EndsWithLatestDate { get; init; }

    /// <summary>How many log requests succeed before the connection is lost; null for no limit.</summary>
    public int? RequestsLeft { get; set; }

    public int Requests { get; private set; }

    public IReadOnlyList<Entry> Entries => _entries;

    public void Add(DateTimeOffset time, int code = 16) => Add(time, code, $"{{\"bg\":{100 + (_position % 200)},\"bgEntryType\":0}}", _position + 10);

    /// <summary>The owner sets the clock: a date and a time entry next to each other.</summary>
    public void Set(DateTimeOffset time, TimeSpan change)
    {
        var before = Clock(time);
        var after = before + change;
        Ahead += change;
        var (dayBefore, dayAfter) = ((before.Date - PumpEpoch).Days, (after.Date - PumpEpoch).Days);
        Add(after, 14, $"{{\"datePrior\":{dayBefore},\"dateAfter\":{dayAfter}}}", _position + 10);
        Add(
            after,
            13,
            $"{{\"timePrior\":{(long)before.TimeOfDay.TotalMilliseconds},\"timeAfter\":{(long)after.TimeOfDay.TotalMilliseconds}}}",
            _position + 1);
    }

    /// <summary>The battery was empty: the clock starts again in 2008, and nothing of it is logged.</summary>
    public void Reset(DateTimeOffset time) => Ahead = PumpEpoch - time.UtcDateTime;

    /// <summary>
    /// The server has everything up to a moment, except for what is held back longer. It always has the oldest entry,
    /// because a pump without any has never uploaded.
    /// </summary>
    public void UploadAll(DateTimeOffset time)
    {
        Upload = time;
        _entries[0].HeldBackUntil = DateTimeOffset.MinValue;
        foreach (var entry in _entries.Where(entry => entry.Time <= time && entry.HeldBackUntil <= time))
        {
            entry.IsUploaded = true;
        }
    }

    public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken)
    {
        var uploaded = _entries.Where(entry => entry.IsUploaded).ToList();
        return Task.FromResult(new SourceAccount(
            Regions.US,
            [
                StubSource.Pump(
                    Device,
                    uploaded[0].PumpTime,
                    EndsWithLatestDate ? uploaded.Max(entry => entry.PumpTime) : uploaded[^1].PumpTime,
                    Upload),
            ]));
    }

    public Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
    {
        if (RequestsLeft is { } left && left-- <= 0)
        {
            throw new TandemException(SourceErrors.ServerUnreachable, TandemErrorKind.Connection, "The connection is lost.");
        }

        RequestsLeft -= 1;
        Requests++;
        var (first, last) = (firstDay.ToDateTime(TimeOnly.MinValue), lastDay.AddDays(1).ToDateTime(TimeOnly.MinValue));
        var events = _entries.Where(entry => entry.IsUploaded && entry.PumpTime >= first && entry.PumpTime < last);
        var changes = _entries.Where(entry => entry.IsUploaded && entry.Code is 13 or 14);
        var json = Encoding.UTF8.GetBytes(
            $"{{\"events\":[{string.Join(',', events.Select(entry => entry.Json))}],\"clockChanges\":[{string.Join(',', changes.Select(entry => entry.Json))}]}}");
        return Task.FromResult(new LogPage(json, json.Length));
    }

    private DateTime Clock(DateTimeOffset time) => DateTime.SpecifyKind(time.UtcDateTime + Ahead, DateTimeKind.Unspecified);

    private void Add(DateTimeOffset time, int code, string properties, long position) => Add(Clock(time), code, properties, position, time);

    private void Add(DateTime pumpTime, int code, string properties, long position) =>
        Add(pumpTime, code, properties, position, new DateTimeOffset(DateTime.SpecifyKind(pumpTime - Ahead, DateTimeKind.Utc)));

    private void Add(DateTime pumpTime, int code, string properties, long position, DateTimeOffset time)
    {
        _position = position;
        _entries.Add(new Entry(position, pumpTime, code, time) { Properties = properties });
    }

    internal sealed record Entry(long Position, DateTime PumpTime, int Code, DateTimeOffset Time)
    {
        public required string Properties { get; set; }

        public DateTimeOffset HeldBackUntil { get; set; } = DateTimeOffset.MinValue;

        public bool IsUploaded { get; set; }

        public string Json => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"deviceAssignmentId\":\"{Device}\",\"eventCode\":{Code},\"sequenceGroup\":0,\"sequenceNumber\":{Position},\"pumpDateTime\":\"{PumpTime:s}\",\"eventProperties\":{Properties},\"estimatedDateTime\":\"{PumpTime:s}Z\"}}");
    }
}

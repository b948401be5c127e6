using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Stores the resolved clock of one pump. A new setting of the clock, another zone or a later upload can move spans
/// that were resolved before: exactly their events then get the new time. Rows derived from them are moved if they all
/// move by the same amount, and derived again if true time becomes known or unknown.
/// </summary>
internal sealed class ClockSpanStore(TandemDatabase database, PumpRow pump)
{
    private static readonly string Retime = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.retime_events.sql");

    private static readonly string Shift = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.shift_events.sql");

    private static readonly string MarkLog = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.mark_log.sql");

    /// <summary>
    /// Resolves the clock from what the file contains now and updates the times of the events that moved.
    /// </summary>
    /// <returns>The clock, and how many events got a new time.</returns>
    public (PumpClock Clock, long Retimed) Update()
    {
        var clock = PumpClock.Resolve(History(), ZoneTable.Read(database, pump.TimeZone));
        var before = Read();
        if (before.SequenceEqual(clock.Spans))
        {
            return (clock, 0);
        }

        var retimed = 0L;
        database.InTransaction(() =>
        {
            foreach (var stretch in Moved(before, clock.Spans))
            {
                retimed += stretch.Shift is { } shift
                    ? ShiftEvents(stretch.First, stretch.Last, shift)
                    : RetimeEvents(stretch.First, stretch.Last, stretch.Ahead);
            }

            Save(clock.Spans);
        });
        return (clock, retimed);
    }

    private ClockHistory History()
    {
        var device = pump.DeviceAssignmentId;
        var newest = pump.LastEvent ?? database.Scalar<DateTime?>(
            "SELECT arg_max(pump_time, log_order) FROM (SELECT pump_time, (sequence_group << 32) | sequence_number AS log_order "
            + "FROM raw_events WHERE device_assignment_id = $DeviceAssignmentId)",
            pump) ?? DateTime.UnixEpoch;
        var steps = ClockSteps.Read(database, device);
        return new ClockHistory
        {
            Oldest = steps.Any(step => step.Size < TimeSpan.Zero)
                ? new PumpTime(database.Scalar<long>(
                    "SELECT epoch_us(arg_min(pump_time, (sequence_group << 32) | sequence_number)) FROM raw_events WHERE device_assignment_id = $device",
                    new { device }))
                : null,
            Settings = ClockSettings.Read(database, device),
            Steps = steps,
            Uploads = ClockUploads.Read(database, device),
            Newest = PumpTime.From(newest),
            LastUpload = pump is { LastEvent: { } uploaded, LastUpload: { } upload }
                ? (PumpTime.From(uploaded), new DateTimeOffset(DateTime.SpecifyKind(upload, DateTimeKind.Utc)))
                : null,
        };
    }

    /// <summary>Moves events by the same amount; the rows derived from them will follow.</summary>
    private long ShiftEvents(long first, long last, TimeSpan by)
    {
        var (device, shift) = (pump.DeviceAssignmentId, (long)by.TotalMicroseconds);
        var rows = database.Execute(Shift, new { device, first, last, shift });
        if (rows > 0)
        {
            database.Execute("INSERT INTO bookkeeping.retimed_ranges VALUES ($device, $first, $last, $shift)", new { device, first, last, shift });
        }

        return rows;
    }

    /// <summary>Updates events whose true time becomes known or unknown; they must be derived again.</summary>
    private long RetimeEvents(long first, long last, TimeSpan? ahead)
    {
        var device = pump.DeviceAssignmentId;
        var rows = database.Execute(Retime, new { device, first, last, ahead = (long?)ahead?.TotalMicroseconds });
        if (rows > 0)
        {
            database.Execute(MarkLog, new { device, first, last, table = (string?)null });
        }

        return rows;
    }

    private List<ClockSpan> Read() =>
        [.. database.Query<Row>(
            "SELECT first_position, last_position, first_pump_time, utc_offset_minutes, drift_ms, resolved_by FROM clock_spans "
            + "WHERE device_assignment_id = $DeviceAssignmentId ORDER BY first_position",
            pump).Select(row => row.ToSpan())];

    private void Save(IEnumerable<ClockSpan> spans)
    {
        database.Execute("DELETE FROM clock_spans WHERE device_assignment_id = $DeviceAssignmentId", pump);
        foreach (var span in spans)
        {
            database.Execute(
                "INSERT INTO clock_spans VALUES ($device, $first, $last, $time, $offset, $drift, $resolution)",
                new
                {
                    device = pump.DeviceAssignmentId,
                    first = span.FirstPosition,
                    last = span.LastPosition == long.MaxValue ? (long?)null : span.LastPosition,
                    time = span.FirstPumpTime?.ToDateTime(),
                    offset = (int?)span.ZoneOffset?.TotalMinutes,
                    drift = span.ZoneOffset is null ? (long?)null : (long)span.Drift.TotalMilliseconds,
                    resolution = span.Resolution.ToString(),
                });
        }
    }

    /// <summary>
    /// Ranges of the log whose clock has a different offset than before; adjacent spans that move by the same amount
    /// are combined.
    /// </summary>
    private static List<Stretch> Moved(List<ClockSpan> before, IReadOnlyList<ClockSpan> now)
    {
        var moved = new List<Stretch>();
        foreach (var old in before)
        {
            foreach (var span in now)
            {
                var (first, last) = (Math.Max(old.FirstPosition, span.FirstPosition), Math.Min(old.LastPosition, span.LastPosition));
                if (first > last || old.AheadOfUtc == span.AheadOfUtc)
                {
                    continue;
                }

                var shift = old.AheadOfUtc - span.AheadOfUtc;
                if (shift is not null && moved.Count > 0 && moved[^1].Shift == shift && moved[^1].Last == first - 1)
                {
                    moved[^1] = moved[^1] with { Last = last };
                }
                else
                {
                    moved.Add(new Stretch(first, last, shift, span.AheadOfUtc));
                }
            }
        }

        return moved;
    }

    /// <summary>
    /// A range that moves: by <paramref name="Shift"/> as a whole, or, if that is null, to a clock whose offset from
    /// UTC is now <paramref name="Ahead"/>.
    /// </summary>
    private readonly record struct Stretch(long First, long Last, TimeSpan? Shift, TimeSpan? Ahead);

    private sealed record Row(
        long FirstPosition,
        long? LastPosition,
        DateTime? FirstPumpTime,
        int? UtcOffsetMinutes,
        long? DriftMs,
        string ResolvedBy)
    {
        public ClockSpan ToSpan() => new(
            FirstPosition,
            LastPosition ?? long.MaxValue,
            FirstPumpTime is { } time ? PumpTime.From(time) : null,
            UtcOffsetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            TimeSpan.FromMilliseconds((double)(DriftMs ?? 0)),
            Enum.Parse<SpanResolution>(ResolvedBy));
    }
}

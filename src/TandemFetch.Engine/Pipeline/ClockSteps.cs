using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>The steps of a pump's clock without a setting.</summary>
/// <param name="database">A file that is open for writing.</param>
/// <param name="device">The pump.</param>
internal sealed class ClockSteps(TandemDatabase database, string device)
{
    /// <summary>
    /// Log positions per part of the log that is searched at once: that many entries are sorted in a tenth of the
    /// memory that DuckDB may use.
    /// </summary>
    internal const long PartSize = 1L << 19;

    // Log positions beside late entries within which those before and after them are usually found: about three days.
    private const long Near = 10_000;

    // Increase this if the search changes.
    private const string RulesVersion = "1";

    private static readonly string StepRanges = Statement("step_ranges");
    private static readonly string InOrder = Statement("entries_in_order");
    private static readonly string AsReceived = Statement("entries_as_received");
    private static readonly string EndOfLog = Statement("end_of_log");
    private static readonly string Extent = Statement("extent");
    private static readonly string Neighbours = Statement("neighbours");

    // The last entry of the log that has been searched, except for settings; null if it is not known.
    private (long Position, PumpTime Clock)? _end;

    /// <summary>
    /// The key under which the file records which rules found the steps, and the rules of this version.
    /// </summary>
    public static StageVersion Version(string device) => new($"Clock {device}", RulesVersion, device, Table: null);

    /// <summary>All steps of one pump, in log order.</summary>
    public static IReadOnlyList<ClockStep> Read(TandemDatabase database, string device) => ColumnReader.ReadAll(
        database,
        "SELECT log_position, time_before, time_after FROM bookkeeping.clock_steps "
        + "WHERE device_assignment_id = $1 ORDER BY log_position",
        (rows, row) => new ClockStep(
            rows.Int64(0, row), new PumpTime(rows.Int64(1, row)), new PumpTime(rows.Int64(2, row))),
        device);

    /// <summary>
    /// Finds steps around new raw entries; the first time, and after a change of the rules, throughout the log.
    /// </summary>
    /// <param name="first">The id of the first new raw entry.</param>
    /// <param name="last">The id of the last one; nothing is new if it comes before the first.</param>
    public void Find(long first, long last) => database.InTransaction(() =>
    {
        if (!StageVersions.IsCurrent(database, Version(device)))
        {
            first = 0;
            StageVersions.Set(database, Version(device));
        }

        if (first > last)
        {
            return;
        }

        var settings = ClockSettings.Read(database, device);
        if (TryBetween(first, last, settings) || TryFollow(first, last, settings))
        {
            return;
        }

        var ranges = database.Query<(long First, long Last)>(StepRanges, new { device, first, last, size = PartSize });
        foreach (var range in ranges)
        {
            Search(range.First, range.Last, settings);
        }
    });

    /// <summary>
    /// A few entries that came late are searched together with the entries between which they are, if these are near.
    /// </summary>
    /// <returns>Whether they were searched.</returns>
    private bool TryBetween(long first, long last, IReadOnlyList<ClockSetting> settings)
    {
        var (begin, end) = database.Query<(long? First, long? Last)>(Extent, new { device, first, last })[0];
        if (begin is null || end is null || end - begin > Near)
        {
            return false;
        }

        var (from, to) = (Math.Max(begin.Value - Near, 0), end.Value + Near);
        var (lowest, highest) = LogPosition.NumbersOf(from, to);
        var (before, after) = database.Query<(long? Before, long? After)>(
            Neighbours, new { device, first = begin, last = end, from, to, lowest, highest })[0];
        if (before is null || after is null)
        {
            return false;
        }

        _end = _end?.Position > end ? _end : null;
        Search(before.Value, after.Value, settings);
        return true;
    }

    /// <summary>
    /// Nearly always, new entries continue the log in its order. Then nothing needs to be sorted, and of the entries
    /// before them, only the last one matters. Settings can be anywhere beyond, because each response has all of them.
    /// </summary>
    /// <returns>Whether the entries continue the log; otherwise, nothing has been searched.</returns>
    private bool TryFollow(long first, long last, IReadOnlyList<ClockSetting> settings)
    {
        var begin = _end ?? EndBefore(first);
        _end = null;
        var from = begin?.Position ?? -1;
        var search = new StepSearch(settings, from);
        if (begin is { } known)
        {
            search.Add(known.Position, known.Clock);
        }

        var (end, clock) = (from, default(PumpTime));
        for (var id = first; id <= last; id += RowGroup.Rows)
        {
            using var rows = new ColumnReader(database, AsReceived, device, id, Math.Min(id + RowGroup.Rows, last + 1));
            while (rows.NextChunk())
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    var position = rows.Int64(0, row);
                    var isSetting = ClockSettings.IsSetting(rows.Int32(3, row));
                    if (rows.Int32(2, row) > 0 || position <= (isSetting ? from : end))
                    {
                        return false;
                    }

                    if (!isSetting)
                    {
                        (end, clock) = (position, new PumpTime(rows.Int64(1, row)));
                        search.Add(end, clock);
                    }
                }
            }
        }

        if (end == from)
        {
            return false;
        }

        Save(from, search.AddNextSetting() ?? end, search.Found);
        _end = (end, clock);
        return true;
    }

    private (long Position, PumpTime Clock)? EndBefore(long first) =>
        database.Query<(long Position, long Clock)>(EndOfLog, new { device, first }) is [var (position, clock)]
            ? (position, new PumpTime(clock))
            : null;

    /// <summary>Searches a range of log positions.</summary>
    private void Search(long first, long last, IReadOnlyList<ClockSetting> settings)
    {
        var search = new StepSearch(settings, first);
        var (lowest, highest) = LogPosition.NumbersOf(first, last);
        using (var rows = new ColumnReader(database, InOrder, device, first, last, lowest, highest))
        {
            while (rows.NextChunk())
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    search.Add(rows.Int64(0, row), new PumpTime(rows.Int64(1, row)));
                }
            }
        }

        search.AddSettings(last);
        Save(first, last, search.Found);
    }

    /// <summary>Replaces the steps after a position, up to another one.</summary>
    private void Save(long after, long last, IReadOnlyList<ClockStep> steps)
    {
        database.Execute(
            "DELETE FROM bookkeeping.clock_steps "
            + "WHERE device_assignment_id = $device AND log_position > $after AND log_position <= $last",
            new { device, after, last });
        foreach (var step in steps)
        {
            database.Execute(
                "INSERT INTO bookkeeping.clock_steps "
                + "VALUES ($device, $Position, make_timestamp($before), make_timestamp($after))",
                new { device, step.Position, before = step.Before.Microseconds, after = step.After.Microseconds });
        }
    }

    private static string Statement(string name) => SqlResource.Read($"TandemFetch.Engine.Clock.Statements.{name}.sql");
}

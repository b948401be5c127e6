using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>The steps of a pump's clock without a setting.</summary>
internal static class ClockSteps
{
    /// <summary>
    /// Log positions per part of the log that is searched at once: that many entries are sorted in a tenth of the
    /// memory that DuckDB may use.
    /// </summary>
    internal const long PartSize = 1L << 19;

    // Increase this if the statement that finds steps changes.
    private const string RulesVersion = "1";

    private static readonly string StepRanges = SqlResource.Read("TandemFetch.Engine.Clock.Statements.step_ranges.sql");

    private static readonly string FindSteps = SqlResource.Read("TandemFetch.Engine.Clock.Statements.find_steps.sql")
        .Replace("{settings}", ClockSettings.Statement, StringComparison.Ordinal);

    /// <summary>
    /// The key under which the file records which rules found the steps, and the rules of this version.
    /// </summary>
    public static StageVersion Version(string device) => new($"Clock {device}", RulesVersion, device, Table: null);

    /// <summary>All steps of one pump, in log order.</summary>
    public static IReadOnlyList<ClockStep> Read(TandemDatabase database, string device) =>
        [.. database.Query<(long Position, long Before, long After)>(
            "SELECT log_position, epoch_us(time_before), epoch_us(time_after) FROM bookkeeping.clock_steps WHERE device_assignment_id = $device ORDER BY log_position",
            new { device }).Select(row => new ClockStep(row.Position, new PumpTime(row.Before), new PumpTime(row.After)))];

    /// <summary>
    /// Finds steps around new raw entries; the first time, and after a change of the rules, throughout the log.
    /// </summary>
    public static void Find(TandemDatabase database, string device, long first, long last) => database.InTransaction(() =>
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

        var ranges = database.Query<(long First, long Last)>(StepRanges, new { device, first, last, size = PartSize });
        foreach (var range in ranges)
        {
            database.Execute(FindSteps, new { device, first = range.First, last = range.Last });
        }
    });
}

using System.Text.Json.Nodes;
using CsCheck;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>
/// Whatever the order and division of fetches, and wherever the later stages stop, the tables are those of one clean
/// run.
/// </summary>
public sealed class AnyOrderTests
{
    private static readonly string[] Tables =
        ["events", "clock_spans", .. DomainTables.Derived.SelectMany(table => table.Tables)];

    private static readonly BackfillRequest Local = new() { Stages = [PipelineStage.Parse, PipelineStage.Derive] };

    private static readonly ClockHabits Restless = new() { TripsPerYear = 6, DriftSecondsPerWeek = 20, SummerTime = SummerTime.Late };

    [Fact]
    public Task Sparse_weeks_in_any_order() => CheckAsync(days: 45, sparse: true);

    [Fact]
    public Task Dense_days_in_any_order() => CheckAsync(days: 5, sparse: false);

    private static Task CheckAsync(int days, bool sparse) =>
        Gen.UInt.SampleAsync(
            seed => CompareAsync(seed, days, sparse), iter: LongRun.IsAsked ? 60 : 1, threads: 1, writeLine: TestContext.Current.TestOutputHelper!.WriteLine);

    private static async Task CompareAsync(uint seed, int days, bool sparse)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var habits = Restless with { FirstSetting = seed % 3 == 0, Reset = seed % 5 == 0 };
        ControlAlgorithm? algorithm = seed % 4 == 1 ? ControlAlgorithm.SyncDose : null;
        var log = SyntheticLog.Of(seed, days, sparse, habits, spread: sparse && seed % 2 == 0, algorithm: algorithm);
        using var clean = new TestDatabase();
        await clean.BackfillAsync(log.Serving(log.Entries.Values));

        using var sliced = new TestDatabase();
        var seen = new HashSet<long>();
        foreach (var slice in Slices(log, random))
        {
            seen.UnionWith(slice.Select(entry => (long)entry["sequenceNumber"]!));
            var changes = log.ClockChanges.Where(change => seen.Contains((long)change["sequenceNumber"]!)).ToList();
            await sliced.BackfillAsync(log.Serving(slice, changes), new BackfillRequest { Stages = [PipelineStage.Fetch], Rebuild = true });
            await sliced.BackfillAsync(log.Serving([]), Local with { Stages = Local.Stages.Take(random.Next(4)).ToList() });
        }

        await sliced.BackfillAsync(log.Serving([]), Local);

        await SameTables.AssertRowsAsync(clean, sliced, Tables);
    }

    /// <summary>
    /// Parts of the log in any order, overlapping, with entries held back until the end, many settings of the clock
    /// among them, and entries that first arrived with different content.
    /// </summary>
    private static IEnumerable<List<JsonNode>> Slices(SyntheticLog log, Random random)
    {
        var entries = log.Entries.Values.ToArray();
        var late = entries.Where(entry => random.NextDouble() < (SyntheticLog.IsClockChange(entry) ? 0.3 : 0.03)).ToHashSet();
        var cuts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(entries.Length)).Append(0).Append(entries.Length).Order().ToArray();
        var runs = cuts.Zip(cuts.Skip(1)).Select(run => (First: Math.Max(0, run.First - random.Next(50)), Last: run.Second)).ToArray();
        random.Shuffle(runs);
        foreach (var (first, last) in runs.Where(run => run.Last > run.First))
        {
            yield return
            [
                .. entries[first..last]
                    .Where(entry => !late.Contains(entry))
                    .Select(entry => random.NextDouble() < 0.02 ? Garbled(entry, entries[random.Next(entries.Length)]) : entry),
            ];
        }

        // Everything once more: what was held back, and what had arrived with different content.
        var rest = late.ToArray();
        random.Shuffle(rest);
        foreach (var some in rest.Chunk(Math.Max(1, rest.Length / 3)))
        {
            yield return [.. some];
        }

        yield return [.. entries];
    }

    /// <summary>The same log position with the kind and properties of another entry.</summary>
    private static JsonNode Garbled(JsonNode entry, JsonNode other)
    {
        if (SyntheticLog.IsClockChange(entry) || SyntheticLog.IsClockChange(other))
        {
            return entry;
        }

        var garbled = entry.DeepClone();
        garbled["eventCode"] = (int)other["eventCode"]!;
        garbled["eventProperties"] = other["eventProperties"]?.DeepClone();
        return garbled;
    }
}

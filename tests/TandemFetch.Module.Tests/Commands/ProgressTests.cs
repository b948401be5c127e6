using System.Management.Automation;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Faults;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>Progress bars as a host receives them, between the objects that the command emits.</summary>
public sealed class ProgressTests(ProgressTests.TwoPumps pumps) : IClassFixture<ProgressTests.TwoPumps>
{
    [Theory]
    [InlineData("Invoke-TandemBackfill -Rebuild", PipelineStage.Fetch, PipelineStage.Parse, PipelineStage.Derive)]
    [InlineData("Invoke-TandemBackfill -Stage Fetch -Rebuild", PipelineStage.Fetch)]
    [InlineData("Invoke-TandemBackfill -Stage Parse -Rebuild", PipelineStage.Parse)]
    [InlineData("Invoke-TandemBackfill -Stage Derive -Rebuild", PipelineStage.Derive)]
    [InlineData("Invoke-TandemBackfill", PipelineStage.Fetch, PipelineStage.Parse, PipelineStage.Derive)]
    public void A_backfill_has_one_bar_for_everything_and_one_below_it_for_each_stage(
        string command, params PipelineStage[] stages)
    {
        var written = pumps.Module.RunInOrder(command);

        var bars = written.OfType<ProgressRecord>().ToLookup(record => record.Activity);
        var whole = bars["Backfill"].ToList();
        Assert.Equal(
            pumps.Serials.SelectMany(serial => stages.Select(stage => $"{stage} pump {serial}"))
                .Append("Backfill").Order(),
            bars.Select(bar => bar.Key).Order());
        Assert.All(bars, AssertRisesAndEndsOnce);
        Assert.All(whole, record => Assert.Equal(-1, record.ParentActivityId));
        Assert.All(
            bars.Where(bar => bar.Key != "Backfill").SelectMany(bar => bar),
            record => Assert.Equal(whole[0].ActivityId, record.ParentActivityId));
        Assert.Equal(bars.Count, bars.Select(bar => bar.First().ActivityId).Distinct().Count());
        foreach (var serial in pumps.Serials)
        {
            Assert.Contains(whole, record => record.StatusDescription.Contains(serial, StringComparison.Ordinal));
        }

        Assert.Contains(whole, record => record.StatusDescription.Contains("2 of 2", StringComparison.Ordinal));
        Assert.Contains(whole, record =>
            record.StatusDescription.EndsWith(string.Join(", ", stages), StringComparison.Ordinal));
    }

    [Fact]
    public void The_bar_is_drawn_again_after_every_object_and_ends_after_the_last_one()
    {
        var written = pumps.Module.RunInOrder("Invoke-TandemBackfill -Rebuild");

        var objects = written.Select((item, index) => (item, index)).Where(pair => pair.item is PipelineRun)
            .Select(pair => pair.index).ToList();
        Assert.Equal(6, objects.Count);
        Assert.All(objects, index =>
            Assert.Equal(
                ("Backfill", ProgressRecordType.Processing),
                written[index + 1] is ProgressRecord next ? (next.Activity, next.RecordType) : default));
        Assert.True(written[^1] is ProgressRecord { Activity: "Backfill", RecordType: ProgressRecordType.Completed });
    }

    [Fact]
    public void The_bars_of_a_backfill_that_fails_end_as_well()
    {
        pumps.Module.Server.Faults.Add(
            new FaultRule { Kind = FaultKind.Status, Status = 404, Path = "/api/reports/bff/pump-logs/" });

        var written = pumps.Module.RunInOrder("Invoke-TandemBackfill -Rebuild -ErrorAction SilentlyContinue");

        pumps.Module.Server.Faults.Clear();
        var bars = written.OfType<ProgressRecord>().ToLookup(record => record.Activity);
        Assert.NotEmpty(bars["Backfill"]);
        Assert.All(bars, bar => Assert.Equal(ProgressRecordType.Completed, bar.Last().RecordType));
        Assert.All(bars, bar => Assert.Single(bar, record => record.RecordType == ProgressRecordType.Completed));
    }

    private static void AssertRisesAndEndsOnce(IEnumerable<ProgressRecord> bar)
    {
        var records = bar.ToList();
        var percents = records.Select(record => record.PercentComplete).ToList();
        Assert.Equal(percents.Order(), percents);
        Assert.InRange(records[0].PercentComplete, 0, 99);
        Assert.Equal(
            ProgressRecordType.Completed,
            Assert.Single(records, record => record.RecordType == ProgressRecordType.Completed).RecordType);
        Assert.Equal((ProgressRecordType.Completed, 100), (records[^1].RecordType, records[^1].PercentComplete));
    }

    /// <summary>Two pumps with a few days of log, signed in.</summary>
    public sealed class TwoPumps : IAsyncLifetime
    {
        internal SandboxedModule Module { get; private set; } = null!;

        internal IReadOnlyList<string> Serials => [.. Module.Server.Account.Pumps.Select(pump => pump.SerialNumber)];

        public async ValueTask InitializeAsync() => Module = await SandboxedModule.FilledAsync(
            new SandboxOptions { Days = 3, EndDate = new DateOnly(2026, 4, 20), Pumps = 2, Sparse = true });

        public ValueTask DisposeAsync() => Module.DisposeAsync();
    }
}

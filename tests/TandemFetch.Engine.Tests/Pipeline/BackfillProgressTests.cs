using Microsoft.Extensions.Time.Testing;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Whatever the stages learn about the work that remains, no bar goes back.</summary>
public sealed class BackfillProgressTests
{
    private static readonly PipelineStage[] Stages = Enum.GetValues<PipelineStage>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bars_only_rise_and_are_full_when_their_work_has_ended(int seed)
    {
        var random = new Random(seed);
        var seen = new Recorder();
        var time = new FakeTimeProvider();

        // One pump more than was known before the run.
        var progress = new BackfillProgress(seen, time, pumps: 2);
        for (var pump = 1; pump <= 3; pump++)
        {
            var bars = progress.Begin(new PumpRow($"a{pump}", $"{pump}", "UTC", null, null, null), Stages);
            for (var step = 0; step < 300; step++)
            {
                time.Advance(TimeSpan.FromSeconds(1.0));
                var bar = bars[Stages[random.Next(Stages.Length)]];
                if (random.Next(3) == 0)
                {
                    bar.Expect(random.Next(1000));
                }
                else
                {
                    bar.Advance(random.Next(300), "at work");
                }
            }

            foreach (var stage in Stages)
            {
                bars[stage].Finish();
                bars[stage].Advance(1, "late");
            }

            progress.EndPump();
        }

        progress.End();

        var activities = seen.All.GroupBy(report => report.Activity).ToList();
        Assert.Equal(10, activities.Count);
        Assert.All(activities, reports =>
        {
            Assert.Equal(reports.Select(report => report.Done).Order(), reports.Select(report => report.Done));
            Assert.Single(reports, report => report.Done == report.Total);
            Assert.Equal(reports.Last().Total, reports.Last().Done);
            Assert.Equal(reports.Key == "Backfill" ? null : "Backfill", reports.First().Parent);
        });
    }

    [Fact]
    public void A_stage_is_no_further_than_the_one_whose_output_it_reads()
    {
        var seen = new Recorder();
        var progress = new BackfillProgress(seen, new FakeTimeProvider(), pumps: 1);
        var bars = progress.Begin(new PumpRow("a", "1", "UTC", null, null, null), Stages);
        bars[PipelineStage.Fetch].Expect(10);
        bars[PipelineStage.Fetch].Advance(5, "half");
        bars[PipelineStage.Parse].Expect(100);
        bars[PipelineStage.Parse].Advance(100, "all there is");

        Assert.Equal(0.5, bars[PipelineStage.Parse].Fraction);
        var whole = seen.All.Last(report => report.Parent is null);
        Assert.Equal((333, 1000), (whole.Done, whole.Total));
    }

    [Fact]
    public async Task Each_stage_reports_by_chunk_while_it_runs()
    {
        using var file = new TestDatabase();
        var log = SyntheticLog.Of(seed: 5, days: 30, sparse: false);
        var source = log.Serving(log.Entries.Values);
        var cancellation = TestContext.Current.CancellationToken;
        var account = await source.GetAccountAsync(cancellation);
        var seen = new Recorder();
        using var database = await file.OpenAsync();

        var request = new BackfillRequest { TimeZone = TestDatabase.Zone };
        var backfill = new Backfill(database, seen, TimeProvider.System);
        await foreach (var run in backfill.RunAsync(request, source, account, failure => throw failure, cancellation))
        {
            Assert.Equal(PipelineOutcome.Completed, run.Outcome);
        }

        Assert.All(Stages, stage =>
        {
            var reports = seen.All.Where(report => report.Activity.StartsWith($"{stage}", StringComparison.Ordinal));
            var texts = reports.Select(report => report.Status).Distinct();
            Assert.True(texts.Count() > 2, $"{stage} reported too little.");
        });
    }

    private sealed class Recorder : IRunObserver
    {
        public List<RunProgress> All { get; } = [];

        public void Progress(RunProgress progress) => All.Add(progress);

        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}

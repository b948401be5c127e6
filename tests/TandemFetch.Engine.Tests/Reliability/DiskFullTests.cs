using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>A full disk, whichever stage encounters it.</summary>
public sealed class DiskFullTests(DiskFullTests.Clean clean) : IClassFixture<DiskFullTests.Clean>
{
    private static readonly PipelineStage[] All = Enum.GetValues<PipelineStage>();

    private static readonly SyntheticLog Log = SyntheticLog.Of(seed: 31, days: 40, sparse: false);

    [Theory]
    [InlineData(PipelineStage.Fetch)]
    [InlineData(PipelineStage.Parse)]
    [InlineData(PipelineStage.Derive)]
    public async Task A_full_disk_is_reported_whichever_stage_finds_out_and_with_more_room_the_run_completes(PipelineStage full)
    {
        using var disk = SmallDisk.TryMount(64);
        Assert.SkipWhen(disk is null, "No file system can be mounted here.");
        var path = disk["tandem.db"];
        var before = All.Where(stage => stage < full).ToList();
        await BackfillAsync(path, before);
        FillUp(disk["ballast"]);

        var problem = await Record.ExceptionAsync(() => BackfillAsync(path, [full]));

        Assert.True(problem is TandemException { ErrorId: DatabaseErrors.DiskFull }, $"{problem}");
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        System.IO.File.Delete(disk["ballast"]);
        disk.Grow(256);
        using (var kept = new TestDatabase())
        {
            Copy(path, kept.Path);
            Assert.Equal(before.Contains(PipelineStage.Fetch), (await kept.QueryAsync<long>("SELECT count(*) FROM raw_events"))[0] > 0);
        }

        await BackfillAsync(path, All);
        using var copy = new TestDatabase();
        Copy(path, copy.Path);
        await SameTables.AssertRowsAsync(clean.File, copy);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_disk_that_is_too_small_is_reported_and_with_more_room_the_run_completes(int megabytes)
    {
        using var disk = SmallDisk.TryMount(megabytes);
        Assert.SkipWhen(disk is null, "No file system can be mounted here.");
        var path = disk["tandem.db"];

        var problem = await Record.ExceptionAsync(() => BackfillAsync(path, All));

        Assert.True(problem is TandemException { ErrorId: DatabaseErrors.DiskFull }, $"{problem}");
        disk.Grow(256);
        await BackfillAsync(path, All);
        using var copy = new TestDatabase();
        Copy(path, copy.Path);
        await SameTables.AssertAsync(clean.File, copy);
    }

    private static void Copy(string from, string to)
    {
        foreach (var suffix in new[] { "", ".wal" }.Where(suffix => System.IO.File.Exists(from + suffix)))
        {
            System.IO.File.Copy(from + suffix, to + suffix);
        }
    }

    /// <summary>Leaves less space than any stage needs, but enough to record that it began.</summary>
    private static void FillUp(string ballast)
    {
        var free = new DriveInfo(Path.GetDirectoryName(ballast)!).AvailableFreeSpace;
        System.IO.File.WriteAllBytes(ballast, new byte[free - (128 << 10)]);
    }

    private static async Task BackfillAsync(string path, IReadOnlyCollection<PipelineStage> stages)
    {
        var source = Log.Serving(Log.Entries.Values);
        var cancellationToken = TestContext.Current.CancellationToken;
        var account = await source.GetAccountAsync(cancellationToken);
        using var database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Write, TimeSpan.Zero, cancellationToken);
        var backfill = new Backfill(database, SilentObserver.Instance, TimeProvider.System);
        await foreach (var run in backfill.RunAsync(new BackfillRequest { TimeZone = TestDatabase.Zone, Stages = stages }, source, account, failure => throw failure, cancellationToken))
        {
            Assert.NotNull(run);
        }
    }

    /// <summary>The result of a run with enough space.</summary>
    public sealed class Clean : IAsyncLifetime
    {
        internal TestDatabase File { get; } = new();

        public async ValueTask InitializeAsync() => await File.BackfillAsync(Log.Serving(Log.Entries.Values));

        public ValueTask DisposeAsync()
        {
            File.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>A disk that is full, whichever stage finds out.</summary>
public sealed class DiskFullTests(DiskFullTests.Clean clean) : IClassFixture<DiskFullTests.Clean>
{
    private static readonly SyntheticLog Log = SyntheticLog.Of(seed: 31, days: 40, sparse: false);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task A_full_disk_is_told_and_with_more_room_the_run_completes(int megabytes)
    {
        using var disk = SmallDisk.TryMount(megabytes);
        Assert.SkipWhen(disk is null, "No file system can be mounted here.");
        var path = disk["tandem.db"];

        var problem = await Record.ExceptionAsync(() => BackfillAsync(path));
        TestContext.Current.TestOutputHelper!.WriteLine($"{megabytes} MB: {problem?.Message ?? "enough"}");
        disk.Grow(256);
        if (problem is not null)
        {
            Assert.True(problem is TandemException { ErrorId: DatabaseErrors.DiskFull }, problem.ToString());
            await BackfillAsync(path);
        }

        using var copy = new TestDatabase();
        System.IO.File.Copy(path, copy.Path);
        await SameTables.AssertAsync(clean.File, copy);
    }

    private static async Task BackfillAsync(string path)
    {
        var source = Log.Serving(Log.Entries.Values);
        var cancellationToken = TestContext.Current.CancellationToken;
        var account = await source.GetAccountAsync(cancellationToken);
        using var database = await TandemDatabase.OpenAsync(path, DatabaseAccess.Write, TimeSpan.Zero, cancellationToken);
        var backfill = new Backfill(database, SilentObserver.Instance, TimeProvider.System);
        await foreach (var run in backfill.RunAsync(new BackfillRequest { TimeZone = TestDatabase.Zone }, source, account, cancellationToken))
        {
            Assert.NotNull(run);
        }
    }

    /// <summary>What a run with room enough gives.</summary>
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

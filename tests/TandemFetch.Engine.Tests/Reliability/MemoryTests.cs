using TandemFetch.Engine.Integrity;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>Who may use how much memory, and what happens where it does not suffice.</summary>
public sealed class MemoryTests : IDisposable
{
    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_reader_beside_a_writer_gets_the_memory_of_queries_and_returns_it()
    {
        using var writer = await _file.OpenAsync();
        var ofPipeline = Limit(writer);
        using (var reader = await _file.OpenAsync(DatabaseAccess.Read))
        {
            using var second = await _file.OpenAsync(DatabaseAccess.Read);
            Assert.NotEqual(ofPipeline, Limit(writer));
            second.Dispose();
            Assert.NotEqual(ofPipeline, Limit(writer));
        }

        Assert.Equal(ofPipeline, Limit(writer));
    }

    [Fact]
    public async Task A_stage_whose_memory_does_not_suffice_continues_with_more()
    {
        var log = SyntheticLog.Of(seed: 5, days: 40, sparse: false);
        var source = log.Serving([.. log.Entries.Values]);
        using var usual = new TestDatabase();
        await usual.BackfillAsync(source);

        IReadOnlyList<PipelineRun> runs;
        using (var database = await _file.OpenAsync())
        {
            // Enough to open the file and too little to store a row group.
            database.Execute("SET memory_limit = '5MB'");
            runs = await TestDatabase.BackfillAsync(database, source);
            Assert.NotEqual("4.7 MiB", Limit(database));
        }

        Assert.All(runs, run => Assert.Equal(PipelineOutcome.Completed, run.Outcome));
        await SameTables.AssertAsync(usual, _file);
    }

    [Fact]
    public async Task Checks_have_a_limit_of_their_own_and_more_where_it_does_not_suffice()
    {
        var log = SyntheticLog.Of(seed: 5, days: 40, sparse: false);
        await _file.BackfillAsync(log.Serving([.. log.Entries.Values]));
        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        var ofQueries = Limit(database);
        List<string> limits = [];

        foreach (var check in new IntegrityInspection(database, SilentObserver.Instance).Run(TestContext.Current.CancellationToken))
        {
            Assert.True(check.Passed || check.Name == "log_gaps", check.Name);
            limits.Add(Limit(database));
            if (limits.Count == 1)
            {
                database.Execute("SET memory_limit = '5MB'");
            }
        }

        Assert.NotEqual(ofQueries, limits[0]);
        Assert.Contains(ofQueries, limits);
        Assert.Equal(ofQueries, Limit(database));
    }

    [Theory]
    [InlineData("512MB")]
    [InlineData(" 2 GiB ")]
    [InlineData("1.5GB")]
    public async Task A_limit_of_the_users_own_is_one_that_DuckDB_understands(string given)
    {
        using var database = await _file.OpenAsync();
        var before = Limit(database);

        database.Execute($"SET memory_limit = '{MemoryLimit.Parse(given)}'");

        Assert.NotEqual(before, Limit(database));
    }

    [Theory]
    [InlineData("much")]
    [InlineData("0MB")]
    [InlineData("512")]
    [InlineData("-1GB")]
    [InlineData("1GB'; DROP TABLE pumps")]
    public void An_invalid_amount_is_reported(string given)
    {
        var failure = Assert.Throws<TandemException>(() => MemoryLimit.Parse(given));

        Assert.Equal(DatabaseErrors.MemoryLimitInvalid, failure.ErrorId);
    }

    [Theory]
    [InlineData("Out of Memory Error: failed to pin block of size 256.0 KiB (122.0 MiB/122.0 MiB used)")]
    [InlineData("Failed to append: failed to pin block of size 128.0 KiB (122.0 MiB/122.0 MiB used)")]
    [InlineData("TransactionContext Error: Failed to commit: failed to allocate data of size 4.0 KiB (122.2 MiB/122.0 MiB used)")]
    public void Lack_of_memory_is_not_called_damage(string message)
    {
        var failure = Assert.IsType<TandemException>(DatabaseFailure.Of(message, "tandem.db"));

        Assert.Equal(DatabaseErrors.OutOfMemory, failure.ErrorId);
        Assert.Contains("is intact", failure.Message, StringComparison.Ordinal);
        Assert.Contains(MemoryLimit.Variable, failure.Message, StringComparison.Ordinal);
    }

    private static string Limit(TandemDatabase database) =>
        database.Scalar<string>("SELECT current_setting('memory_limit')");
}

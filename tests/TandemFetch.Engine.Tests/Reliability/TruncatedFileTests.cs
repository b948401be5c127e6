using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>Truncated files are refused before anything is done to them, and healthy files are not.</summary>
public sealed class TruncatedFileTests(TruncatedFileTests.Whole whole) : IClassFixture<TruncatedFileTests.Whole>, IDisposable
{
    private const int Headers = DuckDbHeader.Length;
    private const int Block = DatabaseConnector.BlockSize;

    private static readonly SyntheticLog Log = SyntheticLog.Of(seed: 23, days: 60, sparse: true);

    private readonly TestDatabase _file = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string LogFile => _file.Path + ".wal";

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public async Task A_file_is_refused_wherever_it_is_cut(DatabaseAccess access)
    {
        var lengths = LengthsUpTo(whole.Bytes.Length);
        foreach (var length in lengths)
        {
            await PutAsync(whole.Bytes[..length]);

            await AssertRefusedAsync(access, $"cut to {length:N0} of {whole.Bytes.Length:N0} bytes");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"cut to {lengths.Count} lengths of {whole.Bytes.Length:N0} bytes, each refused");
    }

    [Fact]
    public async Task A_file_of_a_storage_version_that_is_not_known_is_not_judged_by_its_length()
    {
        var cut = whole.Bytes[..(whole.Bytes.Length / 2)].ToArray();
        await PutAsync(cut);
        Assert.Throws<TandemException>(() => DuckDbHeader.Check(_file.Path));

        cut[12] = 200;
        await PutAsync(cut);

        DuckDbHeader.Check(_file.Path);
    }

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public async Task A_file_with_a_log_of_what_was_not_finished_is_refused_or_read_in_full_wherever_it_is_cut(DatabaseAccess access)
    {
        var (refused, read) = (0, 0);
        var lengths = LengthsUpTo(whole.Unfinished.Length);
        foreach (var length in lengths)
        {
            await PutAsync(whole.Unfinished[..length], whole.UnfinishedLog);
            var problem = await Record.ExceptionAsync(() => ReadAsync(access));
            if (problem is null)
            {
                read++;
                continue;
            }

            refused++;
            await PutAsync(whole.Unfinished[..length], whole.UnfinishedLog);
            await AssertRefusedAsync(access, $"cut to {length:N0} of {whole.Unfinished.Length:N0} bytes");
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"cut to {lengths.Count} lengths of {whole.Unfinished.Length:N0} bytes beside a log, {refused} refused, {read} read in full");
        Assert.True(refused > read);

        async Task ReadAsync(DatabaseAccess opened)
        {
            (await _file.OpenAsync(opened)).Dispose();
            Assert.Equal(whole.Sum, Assert.Single(await _file.QueryAsync<string>(Whole.SumOfAll)));
            await SameTables.AssertRowsAsync(whole.File, _file);
        }
    }

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public async Task A_whole_file_with_a_log_of_what_was_not_finished_is_read_in_full(DatabaseAccess access)
    {
        await PutAsync(whole.Unfinished, whole.UnfinishedLog);

        (await _file.OpenAsync(access)).Dispose();

        Assert.Equal(whole.Sum, Assert.Single(await _file.QueryAsync<string>(Whole.SumOfAll)));
        await SameTables.AssertAsync(whole.File, _file);
    }

    [Fact]
    public async Task What_a_killed_writer_has_left_at_the_end_does_no_harm()
    {
        await PutAsync([.. whole.Bytes, .. new byte[(3 * Block) + 77]]);

        (await _file.OpenAsync()).Dispose();

        await SameTables.AssertAsync(whole.File, _file);
    }

    [Fact]
    public async Task No_file_is_refused_whatever_was_done_to_its_tables()
    {
        var seeds = LongRun.IsAsked ? 60 : 2;
        var (opened, shorter) = (0, 0);
        for (var seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            using var file = new TestDatabase();
            for (var step = 0; step < 12; step++)
            {
                using var snapshot = await ChangeAsync(file, random, step);
                shorter += await HasFewerBlocksThanItCountsAsync(snapshot) ? 1 : 0;
                (await snapshot.OpenAsync()).Dispose();
                opened++;
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{opened} files opened, {shorter} of them shorter than their own count of blocks says");
        Assert.True(shorter > 0);
    }

    /// <returns>The file as it was then, with its log while it was still open.</returns>
    private static async Task<TestDatabase> ChangeAsync(TestDatabase file, Random random, int step)
    {
        if (step == 0 || random.Next(3) == 0)
        {
            var fetched = Log.Entries.Values.Take(random.Next(1, Log.Entries.Count)).ToList();
            await file.BackfillAsync(Log.Serving(fetched), new BackfillRequest { Rebuild = random.Next(2) == 0 });
            return Copy(file);
        }

        using var database = await file.OpenAsync();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var table = random.GetItems(["events", "raw_events", "cgm_readings", "basal_deliveries"], 1)[0];
            _ = random.Next(5) switch
            {
                0 => database.Execute($"DELETE FROM {table} WHERE hash(rowid) % 3 = 0"),
                1 => database.Execute($"CREATE OR REPLACE TABLE more_{random.Next(3)} AS SELECT range AS id, md5(range::VARCHAR) AS text FROM range({random.Next(1, 400_000)})"),
                2 => database.Execute($"DROP TABLE IF EXISTS more_{random.Next(3)}"),
                3 => database.Execute($"CREATE OR REPLACE TABLE copied AS FROM {table}"),
                _ => database.Execute("CHECKPOINT"),
            };
        }

        return Copy(file);
    }

    private static TestDatabase Copy(TestDatabase file)
    {
        var copy = new TestDatabase();
        foreach (var suffix in new[] { "", ".wal" }.Where(suffix => File.Exists(file.Path + suffix)))
        {
            File.Copy(file.Path + suffix, copy.Path + suffix);
        }

        return copy;
    }

    private static async Task<bool> HasFewerBlocksThanItCountsAsync(TestDatabase file)
    {
        var counted = await file.QueryAsync<long>("SELECT total_blocks FROM pragma_database_size()");
        return Headers + (counted[0] * Block) > new FileInfo(file.Path).Length;
    }

    /// <summary>
    /// Within the headers, at the boundary of each block, and on either side and in the middle of it. The short form takes
    /// some blocks that lie apart.
    /// </summary>
    private static List<int> LengthsUpTo(int length)
    {
        var blocks = (length - Headers) / Block;
        var step = LongRun.IsAsked ? 1 : Math.Max(1, blocks / 4);
        return
        [
            .. new[] { 1, 4096, 8192, Headers - 1 },
            .. Enumerable.Range(0, blocks).Where(block => block % step == 0 || block == blocks - 1)
                .Select(block => Headers + (block * Block))
                .SelectMany(start => new[] { start, start + 1, start + (Block / 2), start + Block - 1 }),
        ];
    }

    private async Task AssertRefusedAsync(DatabaseAccess access, string what)
    {
        var before = Directory.GetFiles(Path.GetDirectoryName(_file.Path)!).ToDictionary(path => path, File.ReadAllBytes);

        var problem = await Record.ExceptionAsync(() => DatabaseFile.OpenAsync(_file.Path, access, TimeSpan.Zero, Cancellation));

        var refusal = Assert.IsType<TandemException>(problem);
        Assert.True(refusal.ErrorId == DatabaseErrors.NotADatabase, $"{what}: {refusal.Message}");
        Assert.Contains(_file.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before.Keys.Order(), Directory.GetFiles(Path.GetDirectoryName(_file.Path)!).Order());
        Assert.All(before, file => Assert.True(file.Value.AsSpan().SequenceEqual(File.ReadAllBytes(file.Key)), $"{what}: {file.Key} is another"));
    }

    private async Task PutAsync(byte[] database, byte[]? log = null)
    {
        await File.WriteAllBytesAsync(_file.Path, database, Cancellation);
        File.Delete(LogFile);
        if (log is not null)
        {
            await File.WriteAllBytesAsync(LogFile, log, Cancellation);
        }
    }

    /// <summary>A file that is complete, and one that a killed writer has left with its log.</summary>
    public sealed class Whole : IAsyncLifetime
    {
        /// <summary>
        /// For a table whose rows were written all at once, so that the log only refers to their blocks.
        /// </summary>
        internal const string SumOfAll = "SELECT format('{} {}', count(*), sum(hash(id, text))) FROM bulk";

        internal TestDatabase File { get; } = new();

        internal byte[] Bytes { get; private set; } = [];

        internal byte[] Unfinished { get; private set; } = [];

        internal byte[] UnfinishedLog { get; private set; } = [];

        internal string Sum { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            await File.BackfillAsync(Log.Serving(Log.Entries.Values));
            Bytes = await System.IO.File.ReadAllBytesAsync(File.Path, Cancellation);
            using var writer = new TestDatabase();
            System.IO.File.Copy(File.Path, writer.Path);
            using var database = await writer.OpenAsync();
            database.Execute("CREATE TABLE bulk AS SELECT range AS id, md5(range::VARCHAR) AS text FROM range(400_000)");
            Sum = database.Scalar<string>(SumOfAll);

            // Their state if this process were killed now.
            Unfinished = await System.IO.File.ReadAllBytesAsync(writer.Path, Cancellation);
            UnfinishedLog = await System.IO.File.ReadAllBytesAsync(writer.Path + ".wal", Cancellation);
        }

        public ValueTask DisposeAsync()
        {
            File.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

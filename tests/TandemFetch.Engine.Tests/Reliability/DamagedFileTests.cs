using System.Security.Cryptography;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>Files that we did not leave in this state are reported by name, and left unchanged.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private static readonly SyntheticLog Log = SyntheticLog.Of(seed: 21, days: 30, sparse: true);

    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public Task An_empty_file_is_no_database(DatabaseAccess access) =>
        RefusedAsync(access, DatabaseErrors.NotADatabase, () => File.WriteAllBytesAsync(_file.Path, []));

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public Task A_text_file_is_no_database(DatabaseAccess access) =>
        RefusedAsync(access, DatabaseErrors.NotADatabase, () => File.WriteAllTextAsync(_file.Path, new string('x', 20_000)));

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public Task A_database_of_another_kind_is_no_database(DatabaseAccess access) =>
        RefusedAsync(access, DatabaseErrors.NotADatabase, () => File.WriteAllBytesAsync(_file.Path, [.. "SQLite format 3\0"u8, .. new byte[8176]]));

    [Theory]
    [InlineData(DatabaseAccess.Read, 0.0001)]
    [InlineData(DatabaseAccess.Write, 0.0001)]
    public Task A_truncated_file_is_reported(DatabaseAccess access, double share) =>
        RefusedAsync(access, DatabaseErrors.NotADatabase, async () =>
        {
            await FillAsync();
            using var file = File.OpenWrite(_file.Path);
            file.SetLength((long)(file.Length * share));
        });

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public Task A_file_that_is_overwritten_in_the_middle_is_reported(DatabaseAccess access) =>
        RefusedAsync(access, DatabaseErrors.NotADatabase, async () =>
        {
            await FillAsync();
            using var file = File.OpenWrite(_file.Path);
            var noise = new byte[file.Length - DuckDbHeader.Length];
            new Random(1).NextBytes(noise);
            file.Position = DuckDbHeader.Length;
            file.Write(noise);
        });

    [Fact]
    public async Task Each_block_that_is_overwritten_is_noticed_or_not_needed()
    {
        await FillAsync();
        var whole = await File.ReadAllBytesAsync(_file.Path, TestContext.Current.CancellationToken);
        var noticed = 0;
        const int Block = DatabaseConnector.BlockSize;
        var blocks = (whole.Length - DuckDbHeader.Length) / Block;
        for (var block = 0; block < blocks; block++)
        {
            var spoilt = whole.ToArray();
            new Random(block).NextBytes(spoilt.AsSpan(DuckDbHeader.Length + (block * Block), Block));
            await File.WriteAllBytesAsync(_file.Path, spoilt, TestContext.Current.CancellationToken);
            var problem = await Record.ExceptionAsync(() => SameTables.AssertWholeAsync(_file));
            Assert.True(problem is null or TandemException { ErrorId: DatabaseErrors.NotADatabase }, $"block {block}: {problem}");
            noticed += problem is null ? 0 : 1;
            Assert.Equal(spoilt, await File.ReadAllBytesAsync(_file.Path, TestContext.Current.CancellationToken));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{blocks} blocks overwritten one at a time, {noticed} noticed, the others free");
        Assert.True(noticed > 0);
    }

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public Task A_file_of_a_newer_version_is_reported(DatabaseAccess access) =>
        RefusedAsync(access, DatabaseErrors.Newer, async () =>
        {
            await FillAsync();
            Change("INSERT INTO bookkeeping.schema_migrations VALUES (9999, 'the_future', now())");
        });

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public Task A_database_of_another_program_is_reported(DatabaseAccess access) =>
        RefusedAsync(access, DatabaseErrors.Foreign, () =>
        {
            Change("CREATE TABLE recipes (id INTEGER); INSERT INTO recipes VALUES (1)");
            return Task.CompletedTask;
        });

    [Fact]
    public async Task A_log_whose_database_is_gone_is_kept_aside()
    {
        await File.WriteAllTextAsync(_file.Path + ".wal", "left over", TestContext.Current.CancellationToken);

        await FillAsync();

        var orphan = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_file.Path)!, "*.orphan"));
        Assert.Equal("left over", await File.ReadAllTextAsync(orphan, TestContext.Current.CancellationToken));
        await SameTables.AssertWholeAsync(_file);
    }

    [Fact]
    public async Task A_new_file_appears_whole_and_leaves_nothing_beside_it()
    {
        (await DatabaseFile.OpenAsync(_file.Path, DatabaseAccess.Write, TimeSpan.Zero, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal([_file.Path], Directory.GetFiles(Path.GetDirectoryName(_file.Path)!));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_reported()
    {
        using var disk = SmallDisk.TryMount(4);
        Assert.SkipWhen(disk is null, "No file system can be mounted here.");
        disk.MakeReadOnly();

        var problem = await Assert.ThrowsAsync<TandemException>(() => DatabaseFile.OpenAsync(
            disk["tandem.db"], DatabaseAccess.Write, TimeSpan.Zero, TestContext.Current.CancellationToken));

        Assert.Equal(DatabaseErrors.NotWritable, problem.ErrorId);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_read_and_told_when_it_is_to_be_written()
    {
        using var disk = SmallDisk.TryMount(32);
        Assert.SkipWhen(disk is null, "No file system can be mounted here.");
        await FillAsync();
        File.Copy(_file.Path, disk["tandem.db"]);
        disk.MakeReadOnly();

        (await DatabaseFile.OpenAsync(disk["tandem.db"], DatabaseAccess.Read, TimeSpan.Zero, TestContext.Current.CancellationToken)).Dispose();
        var problem = await Assert.ThrowsAsync<TandemException>(() => DatabaseFile.OpenAsync(
            disk["tandem.db"], DatabaseAccess.Write, TimeSpan.Zero, TestContext.Current.CancellationToken));

        Assert.Equal(DatabaseErrors.NotWritable, problem.ErrorId);
    }

    private async Task RefusedAsync(DatabaseAccess access, string id, Func<Task> damage)
    {
        await damage();
        var before = Hash();

        var problem = await Assert.ThrowsAsync<TandemException>(
            () => DatabaseFile.OpenAsync(_file.Path, access, TimeSpan.Zero, TestContext.Current.CancellationToken));

        Assert.True(id == problem.ErrorId, $"{problem.ErrorId}: {problem.Message}");
        Assert.Contains(_file.Path, problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, Hash());
        Assert.Equal([_file.Path], Directory.GetFiles(Path.GetDirectoryName(_file.Path)!));
    }

    private Task FillAsync() => _file.BackfillAsync(Log.Serving(Log.Entries.Values));

    private void Change(string sql) => TestDatabase.ExecuteAsAnotherProgram(_file.Path, sql);

    private string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_file.Path)));
}

using TandemFetch.Engine.Export;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>What DuckDB could not keep in memory when its process was killed is removed.</summary>
public sealed class SpillFolderTests : IDisposable
{
    private readonly TestDatabase _file = new();

    private string Folder => _file.Path + ".tmp";

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task What_a_killed_process_has_left_is_removed_when_the_file_is_next_opened_for_writing()
    {
        (await _file.OpenAsync()).Dispose();
        var left = await SpilledNamesAsync();
        Directory.CreateDirectory(Folder);
        foreach (var name in left)
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, name), "left", TestContext.Current.CancellationToken);
        }

        (await _file.OpenAsync()).Dispose();

        Assert.NotEmpty(left);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Nothing_else_is_removed()
    {
        (await _file.OpenAsync()).Dispose();
        Directory.CreateDirectory(Folder);
        var other = Path.Combine(Folder, "notes.txt");
        await File.WriteAllTextAsync(other, "mine", TestContext.Current.CancellationToken);

        (await _file.OpenAsync()).Dispose();

        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task An_export_removes_an_empty_folder_and_leaves_what_another_process_may_be_using()
    {
        (await _file.OpenAsync()).Dispose();
        var request = new ExportRequest { Table = "pumps", Path = Path.Combine(Path.GetDirectoryName(_file.Path)!, "pumps.csv"), Force = true };

        Directory.CreateDirectory(Folder);
        ExportTarget.Prepare(request, _file.Path);
        Assert.False(Directory.Exists(Folder));

        Directory.CreateDirectory(Folder);
        var used = Path.Combine(Folder, "duckdb_temp_storage_DEFAULT-0.tmp");
        await File.WriteAllTextAsync(used, "used", TestContext.Current.CancellationToken);
        ExportTarget.Prepare(request, _file.Path);
        Assert.True(File.Exists(used));
    }

    /// <summary>The names that DuckDB gives to its files: those of a table that does not fit into memory.</summary>
    private async Task<IReadOnlyList<string>> SpilledNamesAsync()
    {
        using var database = await _file.OpenAsync();
        database.Execute("SET memory_limit = '40MB'");
        database.Execute("CREATE TEMP TABLE spilled AS SELECT range AS number, md5(range::VARCHAR) AS text FROM range(2_000_000)");
        return [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!)];
    }
}

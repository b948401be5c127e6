using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>How many threads DuckDB has, by the size of the file.</summary>
public sealed class ThreadCountTests : IDisposable
{
    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(DatabaseAccess.Read)]
    [InlineData(DatabaseAccess.Write)]
    public async Task A_small_file_has_one_thread_and_a_large_one_those_of_the_machine(DatabaseAccess access)
    {
        (await _file.OpenAsync()).Dispose();
        Assert.Equal(1, await ThreadsAsync(access));

        TestDatabase.ExecuteAsAnotherProgram(
            _file.Path, "CREATE TABLE much AS SELECT hash(range) AS a, hash(range + 1) AS b FROM range(1_500_000)");

        Assert.Equal(
            access == DatabaseAccess.Read ? Environment.ProcessorCount : ThreadCount.OfWriter, await ThreadsAsync(access));
    }

    [Fact]
    public async Task The_number_changes_for_all_connections_of_a_file()
    {
        using var database = await _file.OpenAsync();
        using var session = database.OpenSession();

        session.UseThreads(3);

        Assert.Equal(3, Threads(database));
    }

    private async Task<long> ThreadsAsync(DatabaseAccess access)
    {
        using var database = await _file.OpenAsync(access);
        return Threads(database);
    }

    private static long Threads(TandemDatabase database) =>
        database.Scalar<long>("SELECT current_setting('threads')");
}

using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>Readers that take turns let a waiting writer in.</summary>
public sealed class WriterTurnTests : IDisposable
{
    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_reader_that_comes_after_a_waiting_writer_lets_it_go_first()
    {
        (await _file.OpenAsync()).Dispose();
        var first = await _file.OpenAsync(DatabaseAccess.Read);
        var writer = _file.OpenAsync();
        SpinWait.SpinUntil(() => File.Exists(WriterTurn.PathOf(_file.Path)));

        // In another process, it would keep the writer out as long as it reads.
        var second = _file.OpenAsync(DatabaseAccess.Read);
        first.Dispose();

        using var writing = await writer;
        writing.Execute("CREATE TABLE written (one INTEGER)");
        using var reading = await second;
        Assert.Equal(0, reading.Scalar<long>("SELECT count(*) FROM written"));
        Assert.False(File.Exists(WriterTurn.PathOf(_file.Path)));
    }

    [Fact]
    public async Task What_a_killed_writer_left_behind_keeps_nobody_waiting()
    {
        (await _file.OpenAsync()).Dispose();
        await File.WriteAllTextAsync(WriterTurn.PathOf(_file.Path), "", TestContext.Current.CancellationToken);

        Assert.False(WriterTurn.IsAnnounced(_file.Path));

        Assert.False(File.Exists(WriterTurn.PathOf(_file.Path)));
        using var reader = await _file.OpenAsync(DatabaseAccess.Read);
    }

    [Fact]
    public void Only_one_writer_announces_itself_and_is_seen_until_it_is_in()
    {
        using (WriterTurn.Announce(_file.Path))
        {
            Assert.Null(WriterTurn.Announce(_file.Path));
            Assert.True(WriterTurn.IsAnnounced(_file.Path));
        }

        Assert.False(WriterTurn.IsAnnounced(_file.Path));
    }
}

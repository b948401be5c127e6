using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>
/// A user's own statements that write, stopped at any moment: each transaction takes effect completely or not at all,
/// and the file is intact.
/// </summary>
public sealed class StoppedQueryTests : IDisposable
{
    private const int Sessions = 3;

    // {0} stands for a table, {1} for a number of rows.
    private static readonly string[] Writing =
    [
        "INSERT INTO {0} SELECT range, md5(range::VARCHAR), 1 FROM range({1})",
        "INSERT INTO {0} SELECT range, md5(range::VARCHAR), 1 FROM range({1}) RETURNING id",
        "INSERT INTO {0} SELECT id, text, 1 FROM {0}",
        "CREATE OR REPLACE TABLE {0} AS SELECT range AS id, md5(range::VARCHAR) AS text, 1 AS turn FROM range({1})",
        "UPDATE {0} SET turn = 1",
        "UPDATE {0} SET text = md5(text), turn = 1",
        "DELETE FROM {0} WHERE id % 3 = 1",
        "ALTER TABLE {0} ALTER turn TYPE VARCHAR USING (turn || ' turns')",
        "BEGIN; INSERT INTO {0} SELECT range, md5(range::VARCHAR), 1 FROM range({1}); UPDATE {0} SET turn = turn + 1; COMMIT",
        "BEGIN; CREATE OR REPLACE TABLE {0} (id BIGINT, text VARCHAR USING COMPRESSION zstd, turn INTEGER); INSERT INTO {0} SELECT range, md5(range::VARCHAR), 1 FROM range({1}); COMMIT",
        $"BEGIN; {string.Concat(Enumerable.Repeat("INSERT INTO {0} SELECT range, md5(range::VARCHAR), 1 FROM range({1} // 10); ", 10))}COMMIT",
        "BEGIN; DELETE FROM {0}; INSERT INTO {0} SELECT range, md5(range::VARCHAR), 1 FROM range({1}); ROLLBACK",
    ];

    private readonly SyntheticLog _log = SyntheticLog.Of(seed: 12, days: 2, sparse: true);
    private readonly TestDatabase _clean = new();
    private readonly TestDatabase _file = new();
    private readonly Random _random;
    private readonly int _rows = LongRun.IsAsked ? 600_000 : 50_000;
    private readonly Dictionary<string, Undisturbed> _undisturbed = [];
    private string _before = "";
    private int _stopped;
    private int _kept;

    public StoppedQueryTests()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        _random = new Random(seed);
    }

    public void Dispose()
    {
        _clean.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task A_statement_that_is_stopped_has_changed_everything_or_nothing()
    {
        await FillAsync();

        foreach (var text in Writing.Append("CHECKPOINT"))
        {
            for (var round = 0; round < (LongRun.IsAsked ? 15 : 1); round++)
            {
                await StopAsync([text]);
            }
        }

        await AssertUndamagedAsync();
    }

    [Fact]
    public async Task Statements_side_by_side_that_are_stopped_have_changed_everything_or_nothing()
    {
        await FillAsync();

        for (var round = 0; round < (LongRun.IsAsked ? 100 : 2); round++)
        {
            await StopAsync([.. Enumerable.Range(0, Sessions).Select(_ => Writing[_random.Next(Writing.Length)])]);
        }

        await AssertUndamagedAsync();
    }

    private async Task FillAsync()
    {
        await _clean.BackfillAsync(_log.Serving(_log.Entries.Values));
        File.Copy(_clean.Path, _file.Path);
        using var database = await _file.OpenAsync();
        Run(new QueryRunner(database), $"CREATE TABLE mine AS SELECT range AS id, md5(range::VARCHAR) AS text, 0 AS turn FROM range({_rows} // 2)");
        _before = Content(database, "mine");
    }

    /// <summary>Runs each text on its own connection and table, all at once, and stops them together.</summary>
    private async Task StopAsync(string[] texts)
    {
        var runs = new List<StoppedRun>();
        using (var database = await _file.OpenAsync())
        {
            runs.AddRange(texts.Select((text, index) => Prepare(database.OpenSession(), text, $"mine_{index}")));
            using var stop = new CancellationTokenSource();
            var running = Task.WhenAll(runs.Select(run => Task.Run(() => run.IsStopped = !Run(run.Runner, run.Text, stop.Token), CancellationToken.None)));
            var turns = (long)(runs.Sum(run => run.Undisturbed.Turns) * _random.NextDouble());
            await Task.Run(() => Turn(running, turns), CancellationToken.None);
            await stop.CancelAsync();
            await running;
            foreach (var run in runs)
            {
                GoOn(run);
                run.Session.Dispose();
            }
        }

        Assert.Equal(0, OpenFiles.Count(_file.Path));
        using var reopened = await _file.OpenAsync(DatabaseAccess.Read);
        foreach (var run in runs)
        {
            AssertAllOrNothing(run, Content(reopened, run.Table));
        }
    }

    /// <summary>A new table for a text, and, once for each text, the result when nobody stops it.</summary>
    private StoppedRun Prepare(TandemDatabase session, string text, string table)
    {
        var runner = new QueryRunner(session);
        if (!_undisturbed.TryGetValue(text, out var undisturbed))
        {
            Run(runner, "CREATE OR REPLACE TABLE whole AS FROM mine");
            var running = Task.Run(() => Run(runner, Fill("whole")), CancellationToken.None);
            var turns = Turn(running, long.MaxValue);
            Assert.True(running.GetAwaiter().GetResult());
            _undisturbed[text] = undisturbed = new Undisturbed(turns, Content(session, "whole"));
        }

        Run(runner, $"CREATE OR REPLACE TABLE {table} AS FROM mine");
        return new StoppedRun(session, runner, Fill(table), table, undisturbed);

        string Fill(string name) => text.Replace("{0}", name, StringComparison.Ordinal).Replace("{1}", $"{_rows}", StringComparison.Ordinal);
    }

    /// <summary>
    /// Spins beside a statement, for the given number of turns or until its end. A moment within a statement can be
    /// chosen only from beside it, and turns need no clock.
    /// </summary>
    /// <returns>How many turns it took.</returns>
    private static long Turn(Task running, long turns)
    {
        var turn = 0L;
        for (; turn < turns && !running.IsCompleted; turn++)
        {
            Thread.SpinWait(100);
        }

        return turn;
    }

    /// <summary>
    /// What a user may do next on the same connection; half of them just leave, even in the middle of a transaction.
    /// </summary>
    private void GoOn(StoppedRun run)
    {
        _stopped += run.IsStopped ? 1 : 0;
        if (_random.Next(2) == 0)
        {
            return;
        }

        if (run.IsStopped && run.Text.StartsWith("BEGIN", StringComparison.Ordinal))
        {
            // A transaction that was stopped in its last statement is over, so there is nothing to roll back.
            Record.Exception(() => Run(run.Runner, "ROLLBACK"));
        }

        AssertAllOrNothing(run, Content(run.Session, run.Table));
        Run(run.Runner, $"CREATE OR REPLACE TABLE {run.Table}_next AS FROM range(100_000)");
        _kept++;
    }

    private async Task AssertUndamagedAsync()
    {
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{_stopped} stopped before their end, {_kept} connections used again");
        await SameTables.AssertAsync(_clean, _file);
    }

    private void AssertAllOrNothing(StoppedRun run, string found) => Assert.True(
        found == run.Undisturbed.Content || (run.IsStopped && found == _before),
        $"{run.Text}: {found}, which is neither {_before} nor {run.Undisturbed.Content}");

    private static string Content(TandemDatabase database, string table) =>
        database.Scalar<string>($"SELECT count(*) || ' rows, ' || COALESCE(sum(hash(id, text, turn::VARCHAR)), 0) FROM {table}");

    /// <returns>Whether it ran to its end.</returns>
    private static bool Run(QueryRunner runner, string text, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var result in runner.Run(new QueryRequest(text) { AllowWrite = true }, cancellationToken))
            {
                _ = result.Values().LongCount();
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>How many turns a text takes if nobody stops it, and its result.</summary>
    private sealed record Undisturbed(long Turns, string Content);

    /// <summary>A text at work on a table.</summary>
    private sealed record StoppedRun(TandemDatabase Session, QueryRunner Runner, string Text, string Table, Undisturbed Undisturbed)
    {
        /// <summary>Whether it was stopped before its end.</summary>
        public bool IsStopped { get; set; }
    }
}

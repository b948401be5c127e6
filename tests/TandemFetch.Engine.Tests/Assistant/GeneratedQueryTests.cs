using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using TandemFetch.Engine.Assistant;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Engine.Assistant.Tools;
using TandemFetch.Engine.Assistant.Worker;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Assistant;

/// <summary>
/// Thousands of generated queries, and a hundred generated calls (1,500 with <c>TANDEM_TESTS=long</c>), of which none
/// leaves the guard. <c>ConversationTests</c> of the module's tests sends such calls to the server's own process.
/// </summary>
public sealed class GeneratedQueryTests(AssistedFile file)
{
    private const int Queries = 4_000;

    private static readonly int Arguments = LongRun.IsAsked ? 1_500 : 100;

    [Fact]
    public async Task No_query_leaves_the_guard()
    {
        var folder = await file.FolderAsync();
        var before = Directory.GetFileSystemEntries(folder).Order().ToList();
        using var database = await file.OpenAsync();
        var visible = database.File.Tables.Select(table => table.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var query = new GuardedQuery(database, AssistedFile.Limits);
        var outcomes = new Dictionary<string, int>();

        Gen.OneOf(
            GeneratedCalls.Statement.Select(sql => (Sql: sql, IsWhole: true)),
            GeneratedCalls.Damaged.Select(sql => (Sql: sql, IsWhole: false))).Sample(
            generated =>
            {
                var (sql, isWhole) = generated;
                var outcome = Run(query, sql);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                if (outcome == "ran" && isWhole)
                {
                    AssertHarmless(sql, visible);
                }
            },
            iter: Queries,
            threads: 1,
            writeLine: TestContext.Current.TestOutputHelper!.WriteLine);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", outcomes));
        Assert.True(outcomes["ran"] > Queries / 100);
        Assert.True(outcomes[AssistantErrors.Refused] > Queries / 10);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder).Order());
        Assert.Equal("[[1]]", new JsonArray([.. query.Run("SELECT 1", 1).Rows]).ToJsonString());
    }

    [Fact]
    public async Task No_argument_breaks_a_tool()
    {
        var settings = new WorkerSettings(await file.ScopeAsync(), AssistedFile.Limits);
        var names = AssistantTools.All.SelectMany(tool => tool.Arguments).Select(argument => argument.Name)
            .Append("surprise").Distinct();
        var outcomes = new Dictionary<string, int>();

        Gen.Select(
            GeneratedCalls.Pick<string>([.. AssistantTools.All.Select(tool => tool.Name), "no_such_tool"]),
            GeneratedCalls.Arguments(names)).Sample(
            (tool, arguments) =>
            {
                var element = JsonSerializer.SerializeToElement(arguments);
                var response = WorkerLoop.RespondAsync(new WorkerRequest(1, tool, element), settings).GetAwaiter().GetResult();
                var text = JsonSerializer.Serialize(response, AssistantJson.Options);
                outcomes[response.ErrorId ?? "ran"] = outcomes.GetValueOrDefault(response.ErrorId ?? "ran") + 1;
                Assert.True(response.Result is null == response.Error is not null);
                Assert.True(
                    response.ErrorId is null or AssistantErrors.ArgumentInvalid or AssistantErrors.Refused
                        or AssistantErrors.QueryFailed,
                    text);
                Assert.True(response.ErrorId is null || response.Error!.EndsWith('.'), response.Error);
                Assert.DoesNotContain(AssistedFile.Serial, text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(AssistedFile.Assignment, text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("tandem-test-", text, StringComparison.OrdinalIgnoreCase);
            },
            iter: Arguments,
            threads: 1,
            writeLine: TestContext.Current.TestOutputHelper!.WriteLine);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", outcomes));
        Assert.True(outcomes["ran"] > Arguments / 20);
        Assert.True(outcomes[AssistantErrors.ArgumentInvalid] > Arguments / 10);
    }

    private static string Run(GuardedQuery query, string sql)
    {
        try
        {
            var rows = query.Run(sql, 20);
            Assert.True(rows.Rows.Count <= 20);
            var text = new JsonArray([.. rows.Rows.Select(row => row.DeepClone())]).ToJsonString();
            Assert.DoesNotContain(AssistedFile.Serial, text, StringComparison.Ordinal);
            Assert.DoesNotContain(AssistedFile.Assignment, text, StringComparison.Ordinal);
            return "ran";
        }
        catch (TandemException failure)
        {
            Assert.True(failure.ErrorId is AssistantErrors.Refused or AssistantErrors.QueryFailed, failure.Message);
            Assert.DoesNotContain("tandem-test-", failure.Message, StringComparison.Ordinal);
            return failure.ErrorId;
        }
    }

    // Decided by the text, and not by the tree as the guard does.
    private static void AssertHarmless(string sql, HashSet<string> visible)
    {
        Assert.All(
            GeneratedCalls.Tables.Where(table => !visible.Contains(table) && table != "part"),
            table => Assert.DoesNotContain($"FROM {table}", sql.Replace("(", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(
            ["version(", "current_setting(", "getvariable(", "a_later_function(", "duckdb_settings(", "memory.", "hidden."],
            name => Assert.DoesNotContain(name, sql, StringComparison.Ordinal));
    }
}

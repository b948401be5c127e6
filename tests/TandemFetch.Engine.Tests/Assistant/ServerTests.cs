using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Assistant;
using TandemFetch.Engine.Assistant.Server;

namespace TandemFetch.Engine.Tests.Assistant;

/// <summary>The server over streams: what a client sends, and what it gets.</summary>
public sealed class ServerTests(AssistedFile file)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_that_are_no_requests_harm_nobody()
    {
        await using var client = await ConnectAsync();
        foreach (var line in (string[])["", "{", "null", "[]", "\"text\"", "not json at all", "{\"jsonrpc\":\"2.0\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":7}", new string('x', 100_000)])
        {
            await client.WriteAsync(line);
        }

        var response = await client.CallAsync("query", new { sql = "SELECT 1" });

        Assert.Equal("[[1]]", response["structuredContent"]!["rows"]!.ToJsonString());
    }

    [Fact]
    public async Task When_the_requests_end_the_server_ends()
    {
        var client = await ConnectAsync();
        await client.CallAsync("query", new { sql = "SELECT 1" });

        await client.DisposeAsync();

        Assert.True(client.Server.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_call_in_progress_does_not_keep_the_server_from_ending()
    {
        var client = await ConnectAsync();
        await client.WriteAsync(Client.Request(
            "tools/call", 99, new { name = "query", arguments = new { sql = "SELECT count(*) FROM range(1000000000000)" } }));

        await client.DisposeAsync();

        Assert.True(client.Server.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_cancelled_call_lets_the_next_one_run()
    {
        await using var client = await ConnectAsync();
        await client.WriteAsync(Client.Request(
            "tools/call", 99, new { name = "query", arguments = new { sql = "SELECT count(*) FROM range(1000000000000)" } }));
        await client.WriteAsync(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99,"reason":"enough"}}""");

        var response = await client.CallAsync("query", new { sql = "SELECT 2" });

        Assert.Equal("[[2]]", response["structuredContent"]!["rows"]!.ToJsonString());
        Assert.Contains(client.Audit.Read(), call => call is { Tool: "query", Outcome: "Cancelled", Rows: null });
    }

    [Fact]
    public async Task Every_call_is_in_the_audit_with_its_SQL_and_without_its_data()
    {
        await using var client = await ConnectAsync();
        await client.CallAsync("query", new { sql = "SELECT 'a' || 'secret' || 'value' AS x", limit = 5 });
        await client.CallAsync("query", new { sql = "FROM raw_events" });
        await client.CallAsync("glucose_summary", new { });

        var calls = client.Audit.Read().ToList();

        Assert.Equal(["query", "query", "glucose_summary"], calls.Select(call => call.Tool));
        Assert.Equal("SELECT 'a' || 'secret' || 'value' AS x", calls[0].Sql);
        Assert.Equal("""{"limit": 5}""", calls[0].Arguments);
        Assert.Equal((1, "Completed"), (calls[0].Rows, calls[0].Outcome));
        Assert.Equal((null, AssistantErrors.Refused), (calls[1].Rows, calls[1].Outcome));
        Assert.Null(calls[2].Sql);
        Assert.DoesNotContain("asecretvalue", File.ReadAllText(client.Audit.Path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(client.Audit.Path));
        }
    }

    [Fact]
    public async Task Without_an_audit_file_nothing_runs()
    {
        var audit = new AuditFile(Path.Join(await file.FolderAsync(), "tandem.db", "log.jsonl"));

        var failed = await Assert.ThrowsAsync<TandemException>(async () => await AssistantServer.RunAsync(
            await file.ScopeAsync(), AssistedFile.Limits, audit, Stream.Null, Stream.Null, Cancellation));

        Assert.Equal(AssistantErrors.AuditFailed, failed.ErrorId);
    }

    [Fact]
    public async Task Every_tool_says_its_period_its_units_and_what_it_rests_on()
    {
        await using var client = await ConnectAsync();
        var tools = (await client.RequestAsync("tools/list", new { }))["tools"]!.AsArray();

        Assert.Equal(9, tools.Count);
        foreach (var tool in tools)
        {
            var name = (string)tool!["name"]!;
            var response = await client.CallAsync(
                name, name == "query" ? new JsonObject { ["sql"] = "SELECT 1" } : new JsonObject());
            var basis = response["structuredContent"]!["basis"]!;

            Assert.Equal("America/New_York", (string?)basis["time_zone"]);
            Assert.NotEmpty((string)basis["units"]!);
            Assert.NotEmpty((string)basis["rests_on"]!);
            Assert.True(name == "query" || basis["since"] is not null, name);
            Assert.True((bool)tool["annotations"]!["readOnlyHint"]!);
            Assert.DoesNotContain(AssistedFile.Serial, response.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(AssistedFile.Assignment, response.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_tool_shows_anything_before_the_bound()
    {
        var bound = new DateTimeOffset(2024, 3, 20, 0, 0, 0, TimeSpan.Zero);
        await using var client = await ConnectAsync(scope => scope with { Since = bound });
        foreach (var name in (string[])["glucose_summary", "glucose_episodes", "insulin_summary", "daily_summary", "boluses",
            "glucose_profile"])
        {
            var basis = (await client.CallAsync(name, new { since = "2024-01-01" }))["structuredContent"]!["basis"]!;

            Assert.Equal(bound, DateTimeOffset.Parse((string)basis["since"]!));
            Assert.Contains(basis["notes"]!.AsArray(), note => ((string)note!).Contains("not shared", StringComparison.Ordinal));
        }

        var compared = await client.CallAsync("compare_periods", new { since = "2024-03-25", reference_since = "2024-03-01" });

        Assert.Contains("not shared", (string)compared["content"]![0]!["text"]!, StringComparison.Ordinal);
    }

    private async Task<Client> ConnectAsync(Func<AssistantScope, AssistantScope>? change = null)
    {
        var scope = (change ?? (same => same))(await file.ScopeAsync());
        var folder = Directory.CreateTempSubdirectory("tandem-audit-");
        var client = new Client(scope, new AuditFile(Path.Join(folder.FullName, "log.jsonl")));
        await client.InitializeAsync();
        return client;
    }

    /// <summary>A client that writes lines and reads lines.</summary>
    private sealed class Client : IAsyncDisposable
    {
        private readonly Pipe _requests = new();
        private readonly Pipe _responses = new();
        private readonly StreamReader _reader;
        private int _id;

        public Client(AssistantScope scope, AuditFile audit)
        {
            Audit = audit;
            _reader = new StreamReader(_responses.Reader.AsStream());
            Server = AssistantServer.RunAsync(
                scope, AssistedFile.Limits, audit, _requests.Reader.AsStream(), _responses.Writer.AsStream(), Cancellation);
        }

        public AuditFile Audit { get; }

        public Task Server { get; }

        public static string Request(string method, int id, object parameters) => JsonSerializer.Serialize(
            new Dictionary<string, object> { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });

        public async Task InitializeAsync()
        {
            await RequestAsync("initialize", new
            {
                protocolVersion = "2025-06-18",
                capabilities = new { },
                clientInfo = new { name = "test", version = "1" },
            });
            await WriteAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        }

        public async Task WriteAsync(string line) =>
            await _requests.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), Cancellation);

        public Task<JsonNode> CallAsync(string tool, object arguments) =>
            RequestAsync("tools/call", new { name = tool, arguments });

        public async Task<JsonNode> RequestAsync(string method, object parameters)
        {
            var id = ++_id;
            await WriteAsync(Request(method, id, parameters));
            while (await _reader.ReadLineAsync(Cancellation) is { } line)
            {
                // Every line is a message, whatever was sent.
                var message = JsonNode.Parse(line)!;
                if (message["id"] is JsonValue given && given.TryGetValue<int>(out var number) && number == id)
                {
                    return message["result"] ?? throw new InvalidOperationException(line);
                }
            }

            throw new EndOfStreamException();
        }

        public async ValueTask DisposeAsync()
        {
            await _requests.Writer.CompleteAsync();
            await Server;
            Directory.Delete(Path.GetDirectoryName(Audit.Path)!, recursive: true);
        }
    }
}

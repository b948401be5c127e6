using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using TandemFetch.Engine.Tests.Assistant;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>
/// The server of an assistant in its own process, started as its block says, is sent 150 generated calls (5,000 with
/// <c>TANDEM_TESTS=long</c>) among other messages, and is watched meanwhile.
/// </summary>
public sealed class ConversationTests(ConversationTests.Conversation conversation)
    : IClassFixture<ConversationTests.Conversation>
{
    private const string OnLinux = "Only Linux shows what another process has open.";

    [Fact]
    public void Every_request_gets_one_response()
    {
        TestContext.Current.TestOutputHelper!.WriteLine(conversation.Summary);

        Assert.Empty(conversation.Responses);
        Assert.True(conversation.Outcomes.GetValueOrDefault("result") > Conversation.WantedCalls / 10);
        Assert.True(conversation.Outcomes.GetValueOrDefault("failed call") > Conversation.WantedCalls / 10);
    }

    [Fact]
    public void Nothing_but_messages_is_on_the_output() => Assert.Empty(conversation.OtherLines);

    [Fact]
    public void Nothing_shows_what_is_hidden() => Assert.Empty(conversation.Shown);

    [Fact]
    public void Every_call_is_in_the_audit() =>
        Assert.Equal(conversation.Calls, conversation.Audit.Count(line => (string)line["outcome"]! != "Cancelled"));

    [Fact]
    public void Nothing_is_written_but_the_audit() => Assert.Equal([conversation.AuditPath], conversation.Written);

    [Fact]
    public void The_server_ends_when_its_requests_do() => Assert.Equal(0, conversation.ExitCode);

    [Fact]
    public void Both_processes_remain_and_stay_small()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), OnLinux);

        Assert.Empty(conversation.Watch!.Processes);
        Assert.True(conversation.Watch.WorkerPeak > 0);
    }

    [Fact]
    public void No_socket_is_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), OnLinux);

        Assert.Empty(conversation.Watch!.Sockets);
    }

    [Fact]
    public void No_file_is_open_to_be_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), OnLinux);

        Assert.Empty(conversation.Watch!.Files);
    }

    [Fact]
    public void The_process_of_the_calls_has_no_stream_of_the_server()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), OnLinux);

        Assert.Empty(conversation.Watch!.Streams);
    }

    /// <summary>A server in a process of its own, what was sent to it, and what was found.</summary>
    public sealed class Conversation : IAsyncLifetime
    {
        private const string HiddenName = "planted-name";
        private const long WorkerBytes = 600L << 20;

        // Longer than any call may take; a server that hangs is a finding instead of a test that never ends.
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

        private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

        private readonly TemporaryFolder _folder = new();
        private Process _server = null!;
        private Regex _hidden = null!;
        private int _requests;

        internal static int WantedCalls { get; } =
            Environment.GetEnvironmentVariable("TANDEM_TESTS") == "long" ? 5_000 : 150;

        internal List<string> Responses { get; } = [];

        internal List<string> OtherLines { get; } = [];

        internal List<string> Shown { get; } = [];

        internal SortedDictionary<string, int> Outcomes { get; } = [];

        internal IReadOnlyList<JsonNode> Audit { get; private set; } = [];

        internal IReadOnlyCollection<string> Written { get; private set; } = [];

        internal string AuditPath => _folder["config/assistant-log.jsonl"];

        internal ServerWatch? Watch { get; private set; }

        internal int Calls { get; private set; }

        internal int ExitCode { get; private set; }

        internal string Summary { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            var (program, environment) = await PrepareAsync();
            _server = ShellProcess.Start(_folder["here"], environment, program);
            _server.ErrorDataReceived += (_, _) => { };
            _server.BeginErrorReadLine();
            var tools = await GreetAsync();
            using var written = new FolderWatch(_folder.FullPath);
            Watch = OperatingSystem.IsLinux() ? new ServerWatch(_server, AuditPath, WorkerBytes) : null;
            await ConverseAsync(GeneratedMessage.For(tools));
            Written = written.Changes();
            await EndAsync();
        }

        public ValueTask DisposeAsync()
        {
            if (!_server.HasExited)
            {
                _server.Kill(entireProcessTree: true);
            }

            _server.Dispose();
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>Makes the file, and what the block for it says.</summary>
        private async Task<(string[] Arguments, Dictionary<string, string> Environment)> PrepareAsync()
        {
            await using var module = await SandboxedModule.FilledAsync(
                new SandboxOptions { Days = 5, EndDate = new DateOnly(2024, 3, 12) });
            foreach (var folder in (string[])["here", "home", "temp", "config", HiddenName])
            {
                Directory.CreateDirectory(_folder[folder]);
            }

            var database = _folder[$"{HiddenName}/tandem.db"];
            File.Copy(module.Database, database);
            var pump = module.Run("Get-TandemPump").Succeeded().OutputOf<Records.Pump>()[0];

            // A number that contains the serial number, such as a hash, does not name the pump.
            _hidden = new Regex(
                $@"(?<!\d){pump.PumpSerial}(?!\d)|{Regex.Escape(pump.DeviceAssignmentId)}|{HiddenName}|"
                + Regex.Escape(_folder.FullPath),
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            foreach (var sql in (string[])
            [
                .. GeneratedCalls.OwnTables(pump.PumpSerial!, pump.DeviceAssignmentId)
                    .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                $"UPDATE profiles SET name = '{HiddenName}'",
                $"UPDATE pipeline_runs SET error = '{HiddenName}'",
            ])
            {
                module.Run("Invoke-TandemQuery $args[0] -Database $args[1] -AllowWrite -Confirm:$false", sql, database)
                    .Succeeded();
            }

            var block = module.Run(
                "Get-TandemAssistantConfiguration -Database $args[0] -MemoryLimit $args[1]",
                database,
                WorkerBytes >> 20)
                .Succeeded().OutputOf<string>()[0];
            var server = JsonNode.Parse(block)!["mcpServers"]!["tandemfetch"]!;
            var environment = new Dictionary<string, string>
            {
                ["HOME"] = _folder["home"],
                ["USERPROFILE"] = _folder["home"],
                ["APPDATA"] = _folder["home"],
                ["LOCALAPPDATA"] = _folder["home"],
                ["XDG_CONFIG_HOME"] = _folder["home"],
                ["XDG_CACHE_HOME"] = _folder["home"],
                ["XDG_DATA_HOME"] = _folder["home"],
                ["TMPDIR"] = _folder["temp"],
                ["TEMP"] = _folder["temp"],
                ["TMP"] = _folder["temp"],
                ["TANDEM_CONFIG"] = _folder["config"],
            };
            foreach (var (name, value) in server["env"] as JsonObject ?? [])
            {
                environment[name] = (string)value!;
            }

            return ([.. server["args"]!.AsArray().Select(argument => (string)argument!)], environment);
        }

        private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> GreetAsync()
        {
            await RequestAsync("initialize", new
            {
                protocolVersion = "2025-06-18",
                capabilities = new { },
                clientInfo = new { name = "test", version = "1" },
            });
            await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
            await RequestAsync("tools/call", new { name = "query", arguments = new { sql = "SELECT 1" } });
            Calls++;
            var tools = await RequestAsync("tools/list", new { });
            return tools["tools"]!.AsArray().ToDictionary(
                tool => (string)tool!["name"]!,
                tool => (IReadOnlyList<string>)
                    [.. tool!["inputSchema"]!["properties"]!.AsObject().Select(one => one.Key)]);
        }

        private async Task ConverseAsync(Gen<GeneratedMessage> generator)
        {
            var seed = Check.Seed ?? PCG.ThreadPCG.ToString();
            var random = PCG.Parse(seed);
            var started = Stopwatch.StartNew();
            for (var calls = 0; calls < WantedCalls && Responses.Count == 0;)
            {
                // Some messages are sent before the response to the one before them has come.
                var group = generator.Array[1, 3].Generate(random, null, out _);
                calls += group.Count(message => message.IsCall);
                await ExchangeAsync(group);
            }

            Summary = string.Create(
                CultureInfo.InvariantCulture,
                $"CsCheck_Seed={seed}: {started.Elapsed.TotalSeconds:0} s; {string.Join(", ", Outcomes)}; {Watch}");
        }

        private async Task ExchangeAsync(GeneratedMessage[] group)
        {
            var expected = new Dictionary<int, GeneratedMessage>();
            var cancelled = new List<int>();
            foreach (var message in group)
            {
                var id = await SendAsync(message);
                if (message.IsCancelled)
                {
                    cancelled.Add(id);
                }
                else if (message.Method is not null)
                {
                    expected[id] = message;
                }
            }

            // Its response comes after everything has been read.
            var ping = await SendAsync(new GeneratedMessage("ping", new JsonObject()));
            expected[ping] = new GeneratedMessage("ping", new JsonObject());
            Watch?.LookAtFiles();
            while (expected.Count > 0)
            {
                if (await ReadAsync() is not { } message)
                {
                    Responses.Add(
                        "no response to " + string.Join(", ", expected.Select(one => one.Value.ToLine(one.Key))));
                    return;
                }

                if (message["id"] is JsonValue given && given.TryGetValue<int>(out var id)
                    && expected.Remove(id, out var request))
                {
                    Judge(request, id, message);
                    await CancelAsync(id == ping ? cancelled : []);
                }
                else if (message["id"] is not null || message["error"] is null)
                {
                    OtherLines.Add(message.ToJsonString());
                }
            }

            Watch?.Look();
        }

        private async Task<int> SendAsync(GeneratedMessage message)
        {
            var id = ++_requests;
            if (message.Method is null)
            {
                Count("no request");
            }

            await SendAsync(message.ToLine(id));
            return id;
        }

        private async Task CancelAsync(IEnumerable<int> calls)
        {
            foreach (var id in calls)
            {
                Watch?.ExpectRestart();
                await SendAsync(
                    $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{id}}}}}""");
                Count("cancelled call");
            }
        }

        private void Judge(GeneratedMessage message, int id, JsonNode response)
        {
            var (result, error) = (response["result"], response["error"]);
            var isWellFormed = (string?)response["jsonrpc"] == "2.0"
                && (result is null
                    ? error?["code"] is JsonValue && (string?)error["message"] is { Length: > 0 }
                    : error is null && (!message.IsCall || IsResultOfCall(result)));
            if (!isWellFormed)
            {
                Responses.Add($"{message.ToLine(id)} got {response.ToJsonString()}");
            }

            var isFailure = (bool?)result?["isError"] == true;
            if (isFailure
                && ((string)result!["content"]![0]!["text"]!)
                    .StartsWith("The call was ended.", StringComparison.Ordinal))
            {
                Watch?.ExpectRestart();
                Count("ended call");
            }

            Calls += result is not null && (message.IsCall || message.IsSchema) ? 1 : 0;
            Count(result is null
                ? "refused request"
                : isFailure ? "failed call" : message.IsCall ? "result" : "other response");
        }

        private static bool IsResultOfCall(JsonNode result) =>
            result["content"] is JsonArray { Count: 1 } content
            && (string?)content[0]!["type"] == "text"
            && (string?)content[0]!["text"] is { Length: > 0 } text
            && ((bool?)result["isError"] == true
                ? result["structuredContent"] is null
                : result["structuredContent"] is JsonObject structured
                    && JsonNode.DeepEquals(structured, JsonNode.Parse(text)));

        private async Task EndAsync()
        {
            using var worker = Watch?.Worker is { } running ? Process.GetProcessById(running.Id) : null;
            _server.StandardInput.Close();
            while (await ReadAsync() is { } message)
            {
                OtherLines.Add(message.ToJsonString());
            }

            await _server.WaitForExitAsync(Cancellation);
            await (worker?.WaitForExitAsync(Cancellation) ?? Task.CompletedTask);
            ExitCode = _server.ExitCode;
            Audit = [.. (await File.ReadAllLinesAsync(AuditPath, Cancellation)).Select(line => JsonNode.Parse(line)!)];
            foreach (var call in Audit)
            {
                // The file is for the user, and names the database.
                call.AsObject().Remove("database");
                Search(call.ToJsonString());
            }
        }

        private async Task<JsonNode> RequestAsync(string method, object parameters)
        {
            await SendAsync(new GeneratedMessage(method, JsonSerializer.SerializeToNode(parameters)));
            return (await ReadAsync())?["result"]
                ?? throw new InvalidOperationException($"The server does not respond to {method}.");
        }

        private Task SendAsync(string line) => _server.StandardInput.WriteLineAsync(line);

        /// <summary>Reads until a message comes; null if the output ends, or nothing comes.</summary>
        private async Task<JsonNode?> ReadAsync()
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            patience.CancelAfter(Patience);
            try
            {
                while (await _server.StandardOutput.ReadLineAsync(patience.Token) is { } line)
                {
                    Search(line);
                    if (Parse(line) is { } message)
                    {
                        return message;
                    }

                    OtherLines.Add(line);
                }
            }
            catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
            {
                OtherLines.Add($"nothing for {Patience}");
            }

            return null;
        }

        private static JsonObject? Parse(string line)
        {
            try
            {
                return JsonNode.Parse(line) as JsonObject;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private void Search(string line)
        {
            if (_hidden.IsMatch(line))
            {
                Shown.Add(line);
            }
        }

        private void Count(string outcome) => Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
    }
}

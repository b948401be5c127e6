using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>The server of an assistant in a process of its own, as the program of an assistant starts it.</summary>
public sealed class AssistantTests(RecordTests.Filled filled) : IClassFixture<RecordTests.Filled>
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_block_starts_the_server_with_the_same_parameters()
    {
        var text = filled.Module.Run(
            "Get-TandemAssistantConfiguration -Include Raw, Settings -Since 2026-04-01T00:00:00Z -CallTimeout 7 -Database \"it's.db\"")
            .Succeeded().OutputOf<string>()[0];
        var code = filled.Module.Run("Get-TandemAssistantConfiguration VSCode -Name mine").Succeeded().OutputOf<string>()[0];

        var server = JsonNode.Parse(text)!["mcpServers"]!["tandemfetch"]!;
        Assert.Equal("pwsh", (string?)server["command"]);
        Assert.Contains("it''s.db' -Include Raw, Settings -Since '2026-04-01T00:00:00Z' -CallTimeout 7",
            (string)server["args"]!.AsArray()[^1]!, StringComparison.Ordinal);
        Assert.DoesNotContain("-MemoryLimit", text, StringComparison.Ordinal);
        Assert.Equal("stdio", (string?)JsonNode.Parse(code)!["servers"]!["mine"]!["type"]);
    }

    [Fact]
    public async Task Whatever_else_is_written_the_output_has_only_messages()
    {
        var database = filled.Module.Database;
        using var server = Start(
            $"Start-TandemAssistantServer -Verbose -Debug -Database '{database}'");
        await server.StandardInput.WriteLineAsync(Initialize);
        await server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await server.StandardInput.WriteLineAsync(CallOf(2, "query", new { sql = "SELECT count(*) > 0 FROM boluses" }));
        var lines = new List<JsonNode>();
        while (lines.Count < 2)
        {
            lines.Add(JsonNode.Parse((await server.StandardOutput.ReadLineAsync(Cancellation))!)!);
        }

        server.StandardInput.Close();
        var rest = await server.StandardOutput.ReadToEndAsync(Cancellation);
        await server.WaitForExitAsync(Cancellation);

        Assert.Equal("tandemfetch", (string?)lines[0]["result"]!["serverInfo"]!["name"]);
        Assert.Equal("[[true]]", lines[1]["result"]!["structuredContent"]!["rows"]!.ToJsonString());
        Assert.Equal(0, server.ExitCode);
        Assert.Equal("", rest);
    }

    [Fact]
    public async Task A_quick_start_serves_without_PowerShell()
    {
        var block = filled.Module.Run("Get-TandemAssistantConfiguration -QuickStart").Succeeded().OutputOf<string>()[0];
        var environment = JsonNode.Parse(block)!["mcpServers"]!["tandemfetch"]!["env"]!.AsObject();
        using var server = ShellProcess.Start(
            filled.Module.Folder.FullPath,
            environment.ToDictionary(variable => variable.Key, variable => (string)variable.Value!),
            "-c",
            "'PowerShell was started'");
        await server.StandardInput.WriteLineAsync(Initialize);
        await server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await server.StandardInput.WriteLineAsync(CallOf(2, "query", new { sql = "SELECT count(*) > 0 FROM boluses" }));
        var first = JsonNode.Parse((await server.StandardOutput.ReadLineAsync(Cancellation))!)!;
        var second = JsonNode.Parse((await server.StandardOutput.ReadLineAsync(Cancellation))!)!;
        server.StandardInput.Close();

        Assert.Equal("", await server.StandardOutput.ReadToEndAsync(Cancellation));
        await server.WaitForExitAsync(Cancellation);
        Assert.Equal("tandemfetch", (string?)first["result"]!["serverInfo"]!["name"]);
        Assert.Equal("[[true]]", second["result"]!["structuredContent"]!["rows"]!.ToJsonString());
        Assert.Equal(0, server.ExitCode);
    }

    /// <summary>The version that the block names could not serve: its packages are missing.</summary>
    [Fact]
    public async Task A_quick_start_runs_the_newest_version_beside_the_one_that_the_block_names()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        var block = filled.Module.Run("Get-TandemAssistantConfiguration -QuickStart").Succeeded().OutputOf<string>()[0];
        var environment = JsonNode.Parse(block)!["mcpServers"]!["tandemfetch"]!["env"]!.AsObject()
            .ToDictionary(variable => variable.Key, variable => (string)variable.Value!);
        var engine = environment["DOTNET_STARTUP_HOOKS"];
        var former = filled.Module.Folder["versions/0.0.1/deps"];
        Directory.CreateDirectory(former);
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(engine)!, "TandemFetch.Engine.*"))
        {
            File.Copy(path, Path.Join(former, Path.GetFileName(path)));
        }

        Directory.CreateSymbolicLink(filled.Module.Folder["versions/0.0.2"], BuiltModule.Folder);
        environment["DOTNET_STARTUP_HOOKS"] = Path.Join(former, Path.GetFileName(engine));
        using var server = ShellProcess.Start(
            filled.Module.Folder.FullPath, environment, "-c", "'PowerShell was started'");
        await server.StandardInput.WriteLineAsync(Initialize);
        var response = JsonNode.Parse((await server.StandardOutput.ReadLineAsync(Cancellation))!)!;
        server.StandardInput.Close();
        await server.WaitForExitAsync(Cancellation);

        Assert.Equal("tandemfetch", (string?)response["result"]!["serverInfo"]!["name"]);
    }

    [Fact]
    public async Task The_log_has_the_calls_of_the_server_and_can_be_filtered()
    {
        using var server = Start($"Start-TandemAssistantServer -Database '{filled.Module.Database}'");
        await server.StandardInput.WriteLineAsync(Initialize);
        await server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await server.StandardInput.WriteLineAsync(CallOf(2, "query", new { sql = "SELECT 17 AS audited" }));
        for (var line = 0; line < 2; line++)
        {
            await server.StandardOutput.ReadLineAsync(Cancellation);
        }

        server.StandardInput.Close();
        await server.WaitForExitAsync(Cancellation);
        using var reader = Start("Get-TandemAssistantLog qu* -Newest 5 | Where-Object Sql -like '*audited' | ConvertTo-Json -Compress");
        reader.StandardInput.Close();
        var text = await reader.StandardOutput.ReadToEndAsync(Cancellation);
        await reader.WaitForExitAsync(Cancellation);

        var call = JsonNode.Parse(text.Trim().Split('\n')[^1]);
        call = call is JsonArray several ? several[^1] : call;
        Assert.Equal(("SELECT 17 AS audited", 1, "Completed"),
            ((string)call![nameof(AssistantCall.Sql)]!, (int)call[nameof(AssistantCall.Rows)]!, (string)call[nameof(AssistantCall.Outcome)]!));
    }

    private static string CallOf(int id, string name, object arguments) => JsonSerializer.Serialize(
        new { jsonrpc = "2.0", id, method = "tools/call", @params = new { name, arguments } });

    // The shell hands over to the console host of PowerShell, as pwsh does.
    private Process Start(string command) => filled.Module.Start(command);
}

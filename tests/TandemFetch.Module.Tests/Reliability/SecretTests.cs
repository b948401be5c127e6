using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Account;
using TandemFetch.Sandbox.Faults;

namespace TandemFetch.Module.Tests.Reliability;

/// <summary>
/// No secret and nothing personal appears in any output, whatever happens and however verbose the output is.
/// </summary>
public sealed class SecretTests
{
    private const string Data = "/api/reports/bff/";

    private static readonly string[] Personal =
        [SandboxPerson.FirstName, SandboxPerson.LastName, SandboxPerson.DateOfBirth];

    // Cookies, access tokens and id tokens of the sandbox look like this; the password is a word of the e-mail address.
    private static readonly Regex Secret = new(@"tdc_(session|visit)|sbx\.|eyJ|sandbox(?!@example)|" + string.Join('|', Personal));

    [Fact]
    public async Task A_proxy_of_the_environment_gets_nothing_that_is_for_this_machine()
    {
        await using var module = await SandboxedModule.StartAsync();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var environment = module.Environment;
        foreach (var name in new[] { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" })
        {
            environment[name] = $"http://{proxy.LocalEndpoint}";
        }

        var run = await ShellProcess.FinishAsync(ShellProcess.Start(
            module.Folder.FullPath, environment, "-c", "(Invoke-TandemBackfill).Outcome | Select-Object -Unique"));

        Assert.Equal((0, "Completed", ""), (run.ExitCode, run.Output.Trim(), run.Errors));
        Assert.False(proxy.Pending());
    }

    [Fact]
    public async Task No_stream_tells_a_secret_and_only_the_cache_holds_the_token()
    {
        await using var module = await SandboxedModule.StartAsync();
        var told = new StringBuilder();
        var other = new OtherProcess(module);

        FaultRule[] faults =
        [
            new() { Kind = FaultKind.Status, Status = 403, Path = Data, Count = 1 },
            new() { Kind = FaultKind.Status, Status = 401, Path = Data, Count = 1 },
            new() { Kind = FaultKind.Status, Status = 404, Path = Data, Count = 1 },
            new() { Kind = FaultKind.Html, Path = Data, Count = 1 },
            new() { Kind = FaultKind.Malformed, Path = Data, Count = 1 },
            new() { Kind = FaultKind.CutOff, Path = Data, Count = 1 },
            new() { Kind = FaultKind.MalformedEntry, Path = Data + "pump-logs", Count = 1 },
        ];
        foreach (var fault in faults)
        {
            module.Server.Faults.Add(fault);
            await TellAsync("Invoke-TandemBackfill -Debug -Verbose -Rebuild -Confirm:$false");
        }

        // A new process reads the token from the cache.
        await EndAsync();
        other = new OtherProcess(module);
        await TellAsync("Invoke-TandemBackfill -Debug -Verbose");
        foreach (var command in new[]
        {
            "Get-TandemPump -Debug -Verbose",
            "Get-TandemPipelineRun",
            "Test-TandemDatabase -Debug -Verbose",
            "Connect-TandemSource -PassThru -Debug -Verbose",
        })
        {
            await TellAsync(command);
        }

        await EndAsync();
        Assert.Contains("DEBUG:", told.ToString(), StringComparison.Ordinal);

        var cache = Assert.Single(Directory.GetFiles(module.Folder["config"], "*", SearchOption.AllDirectories));
        var token = JsonNode.Parse(await File.ReadAllTextAsync(cache, TestContext.Current.CancellationToken))!
            .AsObject().Select(member => member.Value?.ToString() ?? "").First(value => value.StartsWith("sbx.", StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(module.Folder.FullPath, "*", SearchOption.AllDirectories).Where(file => file != cache))
        {
            AssertHolds(file, [token, SandboxOptions.Password + "\"", .. Personal]);
        }

        AssertHolds(cache, ["\"" + SandboxOptions.Password, SandboxOptions.Email, .. Personal]);
        Assert.DoesNotContain(
            module.Run("Invoke-TandemQuery 'SELECT error FROM pipeline_runs WHERE error IS NOT NULL' | ForEach-Object error").Succeeded()
                .OutputOf<string>(),
            error => Secret.IsMatch(error));

        other = new OtherProcess(module);
        await TellAsync("Disconnect-TandemSource -Debug -Verbose -Confirm:$false");
        module.Server.Faults.Add(new FaultRule { Kind = FaultKind.RejectPassword });
        await TellAsync("Connect-TandemSource -Debug -Verbose");
        module.Server.Faults.Clear();
        module.Server.Faults.Add(new FaultRule { Kind = FaultKind.LockAccount });
        await TellAsync("Connect-TandemSource -Debug -Verbose");
        await EndAsync();

        Assert.DoesNotContain(told.ToString().Split('\n'), line => Secret.IsMatch(line));

        // With -Debug, PowerShell asks after each warning whether to continue.
        async Task TellAsync(string command) => told.AppendLine(await other.ShowAsync(
            command.Replace("-Debug", "-Debug -WarningAction Continue", StringComparison.Ordinal)));

        async Task EndAsync()
        {
            await using (other)
            {
                told.AppendLine(await other.EndAsync());
            }
        }
    }

    private static void AssertHolds(string file, string[] none)
    {
        var bytes = File.ReadAllBytes(file).AsSpan();
        foreach (var word in none)
        {
            Assert.False(bytes.IndexOf(Encoding.UTF8.GetBytes(word)) >= 0, $"{file} holds {word}");
        }
    }
}

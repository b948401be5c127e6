using System.Collections.Concurrent;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Support;

/// <summary>
/// A sandbox, an empty folder, and a PowerShell session in that folder that uses both. Commands get their account from
/// <see cref="Connect"/>, never from the machine's environment, so that tests can run side by side.
/// </summary>
internal sealed class SandboxedModule : IAsyncDisposable
{
    public const string Zone = "America/New_York";

    private static readonly SandboxOptions FewDays = new() { Days = 3, EndDate = new DateOnly(2026, 4, 20) };

    // Sandboxes of the same options have the same log if it ends on a fixed day.
    private static readonly ConcurrentDictionary<SandboxOptions, byte[]> FilledFiles = new();

    private readonly SandboxServer _server;
    private readonly TemporaryFolder _folder = new();
    private readonly PowerShellSession _session = new();

    private SandboxedModule(SandboxServer server) => _server = server;

    /// <summary>The running server.</summary>
    public SandboxServer Server => _server;

    /// <summary>The session's current location; the database is under it by default.</summary>
    public TemporaryFolder Folder => _folder;

    /// <summary>The default path of the database.</summary>
    public string Database => Path.Join(_folder.FullPath, "data", "tandem.db");

    /// <summary>Signs in.</summary>
    public string Connect => $"Connect-TandemSource (Credential sandbox) -Region US -TimeZone {Zone} -Endpoint {_server.BaseAddress} -NoTokenCache";

    /// <summary>Starts a sandbox with a few days of log that ends on a fixed day, unless specified otherwise.</summary>
    public static async Task<SandboxedModule> StartAsync(SandboxOptions? options = null)
    {
        options ??= FewDays;
        var server = await SandboxServer.StartAsync(options, TestContext.Current.CancellationToken);
        var module = new SandboxedModule(server);
        module.Run($$"""
            $null = $ExecutionContext.SessionState.Path.SetLocation('{{module._folder.FullPath}}')
            function global:Credential($Password) {
                $secret = [securestring]::new()
                foreach ($letter in $Password.ToCharArray()) { $secret.AppendChar($letter) }
                [pscredential]::new('{{SandboxOptions.Email}}', $secret)
            }
            """).Succeeded();
        return module;
    }

    /// <summary>
    /// The same, signed in and with everything fetched: by a backfill, or by an earlier one from a sandbox like this.
    /// </summary>
    public static async Task<SandboxedModule> FilledAsync(SandboxOptions? options = null)
    {
        options ??= FewDays;
        var module = await StartAsync(options);
        module.Run(module.Connect).Succeeded();
        if (options.EndDate is not null && FilledFiles.TryGetValue(options, out var contents))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(module.Database)!);
            await File.WriteAllBytesAsync(module.Database, contents, TestContext.Current.CancellationToken);
            return module;
        }

        module.Run("Invoke-TandemBackfill").Succeeded();
        FilledFiles[options] = await File.ReadAllBytesAsync(module.Database, TestContext.Current.CancellationToken);
        return module;
    }

    /// <summary>
    /// Environment variables that connect another process to the sandbox and keep its stored files under the folder.
    /// </summary>
    public Dictionary<string, string> Environment => new()
    {
        ["TANDEM_ENDPOINT"] = _server.BaseAddress.GetLeftPart(UriPartial.Authority),
        ["TANDEM_EMAIL"] = SandboxOptions.Email,
        ["TANDEM_PASSWORD"] = SandboxOptions.Password,
        ["TANDEM_REGION"] = "US",
        ["TANDEM_TIME_ZONE"] = Zone,
        ["TANDEM_CONFIG"] = _folder["config"],
        ["TMPDIR"] = _folder.FullPath,
    };

    /// <summary>Starts a command in its own process.</summary>
    public System.Diagnostics.Process Start(string command) => ShellProcess.Start(_folder.FullPath, Environment, "-c", command);

    /// <summary>Runs a command in its own process and waits for its end.</summary>
    /// <param name="command">The command.</param>
    /// <param name="changes">Changes of <see cref="Environment"/>; an empty value is like no variable.</param>
    public Task<(int ExitCode, string Output, string Errors)> RunApartAsync(
        string command, params (string Name, string Value)[] changes)
    {
        var environment = Environment;
        foreach (var (name, value) in changes)
        {
            environment[name] = value;
        }

        return ShellProcess.FinishAsync(ShellProcess.Start(_folder.FullPath, environment, "-c", command));
    }

    /// <summary>
    /// Row counts and fingerprints of all tables of a file, without what depends on when and in which order rows were
    /// written.
    /// </summary>
    public IReadOnlyList<string> Fingerprint(string database)
    {
        // Tables derived from the log refer to their log entries; there are few others.
        var ofEntries = Run(
            $"Get-TandemTable -Database '{database}' | Where-Object {{ $_.Columns.Name -contains 'events_id' }} "
            + "| ForEach-Object Table")
            .Succeeded().OutputOf<string>();
        string[] tables = ["pumps", "raw_events", "events", "clock_spans", "daily_totals", .. ofEntries];
        return [.. tables.Select(table => table + " " + Run(
            $"""
            Invoke-TandemQuery -Database '{database}' -As Scalar -Query '
                SELECT count(*) || chr(32) || coalesce(md5(string_agg(t::VARCHAR, chr(10) ORDER BY t::VARCHAR)), chr(32))
                FROM (
                    SELECT COLUMNS(name -> name NOT IN (''id'', ''events_id'', ''raw_events_id'', ''created''))
                    FROM {table}) AS t'
            """).Succeeded().Output.Single())];
    }

    /// <summary>The names of the checks that a file fails.</summary>
    public IReadOnlyList<string> Findings(string database) => Run(
        $"Test-TandemDatabase -Database '{database}' | ForEach-Object {{ if (-not $_.Passed) {{ \"$($_.Name) $($_.SampleKeys)\" }} }}").Succeeded().OutputOf<string>();

    /// <summary>Runs a script.</summary>
    public ScriptRun Run(string script, params object?[] arguments) => _session.Run(script, arguments);

    /// <summary>
    /// Runs a script and returns its objects and progress records in the order in which it wrote them.
    /// </summary>
    public IReadOnlyList<object?> RunInOrder(string script) => _session.RunInOrder(script);

    /// <summary>A script's output as shown in a terminal of 80 columns.</summary>
    public string Render(string script) =>
        (string)Run($"$PSStyle.OutputRendering = 'PlainText'; . {{ {script} }} | Out-String -Width 79").Succeeded()
            .Output.Single()!;

    /// <summary>Starts a script and stops it once something has happened.</summary>
    public Task<ScriptRun> RunUntilAsync(string script, Task stopWhen) => _session.RunUntilAsync(script, stopWhen);

    /// <summary>
    /// Starts a script and stops it once it has written this many records to its streams, or has ended.
    /// </summary>
    public Task<ScriptRun> RunUntilAsync(string script, int records) => _session.RunUntilAsync(script, records);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}

using System.Text;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Nightscout;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>Uploads to Nightscout, as the prompt, a pipeline and a scheduled task make them.</summary>
public sealed class NightscoutTests(NightscoutTests.Filled filled) : IClassFixture<NightscoutTests.Filled>, IAsyncLifetime
{
    private const string Secret = "a hidden secret";

    private NightscoutServer _site = null!;

    private SandboxedModule Module => filled.Module;

    private string Publish => $"Publish-TandemNightscout {_site.BaseAddress} -Credential (Credential '{Secret}') -Database site.db";

    public async ValueTask InitializeAsync()
    {
        _site = await NightscoutServer.StartAsync(
            new NightscoutOptions { ApiSecret = Secret, WaitsForDelays = false }, TestContext.Current.CancellationToken);
        File.Copy(Module.Database, Module.Folder["site.db"], overwrite: true);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public void A_site_gets_everything_once()
    {
        var uploads = Module.Run($"{Publish} -PassThru").Succeeded().OutputOf<NightscoutUpload>();

        Assert.Equal(_site.Entries.Count, Module.Run("(Get-TandemCgmReading -Database site.db).Count").Succeeded().Output[0]);
        Assert.Equal(
            _site.Entries.Count + _site.Treatments.Count + _site.DeviceStatus.Count + _site.Profiles.Count,
            uploads.Sum(upload => upload.Sent));
        Assert.Contains(uploads, upload => upload.What == NightscoutContent.Bolus && upload.Sent > 0);
        _site.Requests.Clear();

        Assert.Empty(Module.Run($"{Publish} -PassThru").Succeeded().Output);
        Assert.Empty(_site.Requests.All);
    }

    [Fact]
    public void WhatIf_says_what_would_be_sent_and_sends_nothing()
    {
        var run = Module.Run($"{Publish} -What Glucose -Since 2026-04-19 -WhatIf -PassThru").Succeeded();

        Assert.True(Assert.Single(run.OutputOf<NightscoutUpload>()).Sent > 200);
        Assert.Empty(_site.Requests.All);
        Assert.Equal(0L, Module.Run(
            "Invoke-TandemQuery 'SELECT count(*) FROM bookkeeping.nightscout_documents' -Database site.db -As Scalar").Succeeded().Output[0]);
    }

    [Fact]
    public void A_watch_uploads_after_each_cycle_that_fetched_something_and_survives_failures()
    {
        _site.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 418, Count = 1 });
        var refused = Module.Run(
            $"{Module.Connect}; Watch-TandemSource -Count 1 -Database site.db | {Publish} -PassThru -ErrorAction Continue");
        Assert.Contains("TandemFetch.NightscoutRefused", string.Join(' ', refused.ErrorIds), StringComparison.Ordinal);

        var uploads = Module.Run($"Watch-TandemSource -Count 1 -Database site.db | {Publish} -PassThru").Succeeded();

        Assert.NotEmpty(uploads.OutputOf<NightscoutUpload>());
        Assert.NotEmpty(_site.Entries);
    }

    [Fact]
    public void A_backfill_is_followed_by_one_upload()
    {
        Module.Run($"{Module.Connect}; Invoke-TandemBackfill -Database site.db | {Publish} -What Glucose, Bolus").Succeeded();

        Assert.NotEmpty(_site.Entries);
        Assert.Equal(1, _site.Requests.Count(pathPrefix: "/api/v1/verifyauth"));
        Assert.DoesNotContain(_site.Treatments, treatment => (string)treatment["eventType"]! == "Temp Basal");
    }

    [Theory]
    [InlineData("Get-TandemPump | Publish-TandemNightscout https://my.site.example", "NightscoutInputInvalid")]
    [InlineData("Publish-TandemNightscout", "NightscoutAddressMissing")]
    [InlineData("Publish-TandemNightscout http://my.site.example", "NightscoutAddressInvalid")]
    [InlineData("Publish-TandemNightscout 'https://my.site.example/?token=hidden'", "NightscoutAddressInvalid")]
    [InlineData("Publish-TandemNightscout https://my.site.example", "NightscoutCredentialMissing")]
    [InlineData("Publish-TandemNightscout https://my.site.example -Database none.db -WhatIf", "DatabaseNotFound")]
    [InlineData("Publish-TandemNightscout https://my.site.example -PumpSerial 4711 -WhatIf", "PumpUnknown")]
    public async Task Bad_input_is_an_error_of_its_own(string command, string errorId)
    {
        var errors = await filled.Other.RunAsync($"{InEnvironment(Unset)} {command}");

        Assert.StartsWith($"TandemFetch.{errorId},", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduled_task_needs_nothing_but_its_environment()
    {
        var run = await Module.RunApartAsync(
            "Publish-TandemNightscout -Database site.db",
            [.. Unset, ("TANDEM_NIGHTSCOUT_URI", _site.BaseAddress.AbsoluteUri), ("TANDEM_NIGHTSCOUT_SECRET", Secret)]);

        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Errors));
        Assert.NotEmpty(_site.Entries);
    }

    [Fact]
    public async Task A_secret_in_a_vault_is_the_API_secret_or_an_access_token()
    {
        await SecretVaultStub.WriteAsync(
            Module.Folder["vault"],
            $$"""
            'Api' { ConvertTo-SecureString '{{Secret}}' -AsPlainText -Force }
            'Token' { [pscredential]::new('any', (ConvertTo-SecureString '{{_site.TokenOf("uploader")}}' -AsPlainText -Force)) }
            'Number' { 42 }
            """);

        var run = await Module.RunApartAsync(
            $$"""
            foreach ($name in 'Api', 'Token', 'Number') {
                Set-TandemConfiguration -NightscoutUri {{_site.BaseAddress}} -NightscoutCredentialSecret $name
                try { (Publish-TandemNightscout -What $(if ($name -eq 'Api') { 'Glucose' } else { 'Bolus' }) -Database site.db -PassThru).Count -gt 0 }
                catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            }
            """,
            [.. Unset, ("PSModulePath", Module.Folder["vault"]), ("TANDEM_CONFIG", Module.Folder["vault-config"])]);

        Assert.Equal(["True", "True", "TandemFetch.SecretInvalid"], run.Output.Trim().Split('\n').Select(line => line.Trim()));
    }

    [Fact]
    public async Task No_stream_tells_a_secret_whatever_happens()
    {
        var token = _site.TokenOf("uploader");
        var told = new StringBuilder();
        await using var other = new OtherProcess(Module);
        FaultRule[] faults =
        [
            new() { Kind = FaultKind.Status, Status = 401, Count = 1, After = 1 },
            new() { Kind = FaultKind.Status, Status = 302, Location = "https://elsewhere.example/", Count = 1 },
            new() { Kind = FaultKind.Status, Status = 413, Count = 1, After = 2 },
            new() { Kind = FaultKind.Html },
        ];
        foreach (var fault in faults)
        {
            _site.Faults.Add(fault);
            await TellAsync(("TANDEM_NIGHTSCOUT_TOKEN", token));
            await TellAsync(("TANDEM_NIGHTSCOUT_SECRET", Secret));
            _site.Faults.Clear();
        }

        await TellAsync(("TANDEM_NIGHTSCOUT_SECRET", "another hidden secret"));
        await TellAsync(("TANDEM_NIGHTSCOUT_TOKEN", token));
        told.AppendLine(await other.EndAsync());
        var hash = _site.Requests.All.Select(request => request.Header("api-secret")!).First(sent => sent != token);

        Assert.Contains("DEBUG:", told.ToString(), StringComparison.Ordinal);
        Assert.Contains("NightscoutUnauthorized", told.ToString(), StringComparison.Ordinal);
        Assert.All(new[] { "hidden", token, hash }, secret => Assert.DoesNotContain(secret, told.ToString(), StringComparison.Ordinal));
        Assert.All(
            Directory.GetFiles(Module.Folder.FullPath, "site.db*"),
            file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) < 0));

        async Task TellAsync((string, string) secret)
        {
            File.Copy(Module.Database, Module.Folder["site.db"], overwrite: true);
            (string, string)[] environment =
                [.. Unset, ("TANDEM_NIGHTSCOUT_URI", _site.BaseAddress.AbsoluteUri), secret];
            told.AppendLine(await other.ShowAsync(
                InEnvironment(environment)
                + "Publish-TandemNightscout -Database site.db -PassThru -Debug -Verbose -ErrorAction Continue"));
        }
    }

    [Fact]
    public async Task Killed_processes_lead_to_the_contents_of_an_undisturbed_upload()
    {
        var held = new HeldResponses();
        await using var site = await NightscoutServer.StartAsync(
            new NightscoutOptions { ApiSecret = Secret, TimeProvider = held }, TestContext.Current.CancellationToken);
        var seed = System.Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}");
        var random = new System.Random(seed);
        var environment = Module.Environment;
        environment["TANDEM_NIGHTSCOUT_URI"] = site.BaseAddress.AbsoluteUri;
        environment["TANDEM_NIGHTSCOUT_SECRET"] = Secret;

        for (var round = 0; round < 5; round++)
        {
            // All readings move to the places of their neighbours, and some rows vanish.
            Module.Run(
                $"""
                Invoke-TandemQuery -AllowWrite -Confirm:$false -Database site.db '
                    UPDATE cgm_readings SET timestamp = timestamp + INTERVAL 5 MINUTE;
                    DELETE FROM boluses WHERE log_position % 7 = {round};
                    UPDATE battery_levels SET charge_percent = (charge_percent + 1) % 100;
                    DELETE FROM bookkeeping.nightscout_marks'
                """).Succeeded();
            site.Faults.Clear();
            site.Faults.Add(new FaultRule
            {
                Kind = FaultKind.Delay,
                Delay = (int)HeldResponses.Delay.TotalMilliseconds,
                Pattern = "^/api/v1/(entries|treatments|devicestatus|profile)",
                After = random.Next(12),
                Count = 1,
            });
            var next = held.NextAsync();
            using var process = ShellProcess.Start(
                Module.Folder.FullPath, environment, "-c", "Publish-TandemNightscout -Database site.db");
            await Task.WhenAny(next, process.WaitForExitAsync(TestContext.Current.CancellationToken));
            process.Kill(entireProcessTree: true);
            await ShellProcess.FinishAsync(process);
        }

        site.Faults.Clear();
        Module.Run($"{Publish.Replace(_site.BaseAddress.AbsoluteUri, site.BaseAddress.AbsoluteUri, StringComparison.Ordinal)}").Succeeded();
        Module.Run(Publish).Succeeded();

        Assert.NotEmpty(site.Entries);
        Assert.Equal(Dump(_site), Dump(site));
    }

    private static IEnumerable<string> Dump(NightscoutServer site) => site.Entries
        .Concat(site.Treatments).Concat(site.DeviceStatus).Concat(site.Profiles)
        .Select(document =>
        {
            document.Remove("_id");
            return string.Join(',', document.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));
        })
        .Order(StringComparer.Ordinal);

    private static (string, string)[] Unset =>
        [("TANDEM_NIGHTSCOUT_URI", ""), ("TANDEM_NIGHTSCOUT_SECRET", ""), ("TANDEM_NIGHTSCOUT_TOKEN", "")];

    /// <summary>Sets environment variables of the process that runs the script.</summary>
    private static string InEnvironment(IEnumerable<(string Name, string Value)> variables) =>
        string.Concat(variables.Select(variable => $"$env:{variable.Name} = '{variable.Value}'; "));

    /// <summary>A few days of a pump, and a process that runs commands.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal SandboxedModule Module { get; private set; } = null!;

        internal OtherProcess Other { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Module = await SandboxedModule.FilledAsync();
            Other = new OtherProcess(Module);
        }

        public async ValueTask DisposeAsync()
        {
            await Other.DisposeAsync();
            await Module.DisposeAsync();
        }
    }
}

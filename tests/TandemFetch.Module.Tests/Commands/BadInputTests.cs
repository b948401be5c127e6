using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>Every user mistake has its own error and leaves nothing behind.</summary>
public sealed class BadInputTests
{
    private static readonly SandboxOptions FewDays = new() { Days = 2, EndDate = new DateOnly(2026, 4, 20), Sparse = true };

    [Fact]
    public async Task A_wrong_password_is_rejected()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);

        var run = module.Run(module.Connect.Replace("Credential sandbox", "Credential wrong", StringComparison.Ordinal));

        AssertFails(run, "TandemFetch.SignInRejected", module);
        Assert.DoesNotContain("wrong", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_region_is_named()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);

        var run = module.Run("Connect-TandemSource (Credential sandbox) -Region Mars");

        AssertFails(run, "TandemFetch.RegionUnknown", module);
    }

    [Fact]
    public async Task An_unknown_time_zone_is_named()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);

        var run = module.Run($"Connect-TandemSource (Credential sandbox) -Region US -TimeZone Mars/Base -NoTokenCache -Endpoint {module.Server.BaseAddress}");

        AssertFails(run, "TandemFetch.TimeZoneUnknown", module);
    }

    [Fact]
    public async Task An_endpoint_that_is_no_address_is_refused()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);

        AssertFails(module.Run("Connect-TandemSource (Credential sandbox) -Region US -Endpoint nowhere"), "TandemFetch.EndpointInvalid", module);
        AssertFails(
            module.Run("Connect-TandemSource (Credential sandbox) -Region US -Endpoint http://example.com"), "TandemFetch.EndpointInvalid", module);
    }

    [Fact]
    public async Task An_unknown_serial_number_lists_those_that_there_are()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);

        var run = module.Run($"{module.Connect}; Invoke-TandemBackfill -PumpSerial 12345");

        AssertFails(run, "TandemFetch.PumpUnknown", module);
        Assert.Contains(module.Server.Account.Pumps[0].SerialNumber, run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Since_after_Until_is_refused()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);

        var run = module.Run($"{module.Connect}; Invoke-TandemBackfill -Since 2026-04-20 -Until 2026-04-19");

        AssertFails(run, "TandemFetch.DateRangeInvalid", module);
    }

    [Fact]
    public async Task Without_a_time_zone_nothing_is_fetched()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);

        var run = module.Run($"{module.Connect.Replace($"-TimeZone {SandboxedModule.Zone}", "", StringComparison.Ordinal)}; Invoke-TandemBackfill");

        AssertFails(run, "TandemFetch.TimeZoneMissing", module);
    }

    [Fact]
    public async Task A_folder_as_database_is_refused()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);
        Directory.CreateDirectory(module.Folder["place"]);

        var run = module.Run($"{module.Connect}; Invoke-TandemBackfill -Database place");

        AssertFails(run, "TandemFetch.DatabaseIsDirectory", module);
        Assert.Empty(Directory.GetFileSystemEntries(module.Folder["place"]));
    }

    [Fact]
    public async Task A_text_file_as_database_is_left_as_it_is()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);
        await File.WriteAllTextAsync(module.Folder["notes.txt"], "dear diary", TestContext.Current.CancellationToken);

        var run = module.Run($"{module.Connect}; Invoke-TandemBackfill -Database notes.txt");

        AssertFails(run, "TandemFetch.DatabaseUnreadable", module);
        Assert.Equal("dear diary", await File.ReadAllTextAsync(module.Folder["notes.txt"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_empty_account_is_reported()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays with { Pumps = 0 });

        AssertFails(module.Run($"{module.Connect}; Invoke-TandemBackfill"), "TandemFetch.AccountEmpty", module);
    }

    [Fact]
    public async Task A_pump_that_never_uploaded_is_reported()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays with { NeverUploaded = true });

        AssertFails(module.Run($"{module.Connect}; Invoke-TandemBackfill"), "TandemFetch.PumpNeverUploaded", module);
    }

    [Theory]
    [InlineData("Get-TandemCgmReading")]
    [InlineData("Get-TandemBasalDelivery")]
    [InlineData("Get-TandemEvent")]
    [InlineData("Get-TandemRawEvent")]
    [InlineData("Get-TandemPipelineRun")]
    [InlineData("Invoke-TandemQuery 'select 1'")]
    [InlineData("Invoke-TandemQuery 'select 1' -AllowWrite")]
    [InlineData("Invoke-TandemBackfill -Stage Parse")]
    public async Task Without_a_file_the_error_says_where_it_looked_and_what_makes_it(string command)
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);

        var run = module.Run(command);

        AssertFails(run, "TandemFetch.DatabaseNotFound", module);
        Assert.Contains(module.Database, run.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Invoke-TandemBackfill", run.Error.ToString(), StringComparison.Ordinal);
    }

    private static void AssertFails(ScriptRun run, string id, SandboxedModule module)
    {
        Assert.Equal([id], run.ErrorIds);
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(Path.GetDirectoryName(module.Database)));
    }
}

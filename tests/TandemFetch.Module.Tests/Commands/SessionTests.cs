using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

public sealed class SessionTests
{
    private static readonly SandboxOptions FewDays = new() { Days = 2, EndDate = new DateOnly(2026, 4, 20), Sparse = true };

    [Fact]
    public async Task Connecting_emits_the_session_only_when_asked()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);

        var quiet = module.Run(module.Connect).Succeeded();
        var session = Assert.Single(module.Run($"{module.Connect} -PassThru").Succeeded().OutputOf<SourceSession>());

        Assert.Empty(quiet.Output);
        Assert.Equal(("US", module.Server.BaseAddress, SandboxedModule.Zone), (session.Region, session.Server, session.TimeZone));
    }

    [Fact]
    public async Task A_session_lists_the_pumps_of_the_account_and_no_session_those_of_the_file()
    {
        await using var module = await SandboxedModule.FilledAsync(FewDays with { Pumps = 3 });

        var ofAccount = module.Run("Get-TandemPump").Succeeded().OutputOf<Pump>();
        var ofFile = module.Run("Disconnect-TandemSource; Get-TandemPump").Succeeded().OutputOf<Pump>();

        Assert.Equal(3, ofAccount.Count);
        Assert.Equal(2, ofFile.Count);
        Assert.Equal(ofAccount[0], ofFile[0]);
    }

    [Fact]
    public async Task Credentials_come_from_the_file_under_the_current_location()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);
        Directory.CreateDirectory(module.Folder["sensitive"]);
        await File.WriteAllTextAsync(
            module.Folder["sensitive/credentials.toml"],
            $"""
            [tandem]
            email = "{SandboxOptions.Email}"
            password = "{SandboxOptions.Password}"
            region = "EU"
            time_zone = "Europe/Berlin"
            """,
            TestContext.Current.CancellationToken);

        var run = module.Run($"Connect-TandemSource -Endpoint {module.Server.BaseAddress} -NoTokenCache -PassThru 3> $null").Succeeded();

        var session = Assert.Single(run.OutputOf<SourceSession>());
        Assert.Equal(("EU", "Europe/Berlin"), (session.Region, session.TimeZone));
    }

    [Fact]
    public async Task What_is_given_directly_goes_before_the_file()
    {
        await using var module = await SandboxedModule.StartAsync(FewDays);
        Directory.CreateDirectory(module.Folder["sensitive"]);
        await File.WriteAllTextAsync(
            module.Folder["sensitive/credentials.toml"], "[tandem]\nregion = \"EU\"\n", TestContext.Current.CancellationToken);

        var run = module.Run($"{module.Connect} -PassThru 3> $null").Succeeded();

        Assert.Equal("US", Assert.Single(run.OutputOf<SourceSession>()).Region);
    }
}

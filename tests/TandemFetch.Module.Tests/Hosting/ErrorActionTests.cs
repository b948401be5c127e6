using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Hosting;

/// <summary>A failure that ends a command follows <c>-ErrorAction</c> if it is specified, in every command.</summary>
public sealed class ErrorActionTests
{
    private static readonly PowerShellSession Session = new(typeof(StagesCommand));

    /// <summary>
    /// A call of each command that fails as a whole. Disconnect-TandemSource fails only where the operating system does
    /// not let it delete a file, and Get-TandemConfiguration only because of the settings or the environment, which
    /// <see cref="Commands.ConfigurationTests"/> changes in processes of its own.
    /// </summary>
    public static TheoryData<string> Failing =>
    [
        .. ModuleCommands.Types
            .Where(type => ModuleCommands.NameOf(type) is not ("Disconnect-TandemSource" or "Get-TandemConfiguration"))
            .Select(type => ModuleCommands.CallOf(type) + ModuleCommands.NameOf(type) switch
            {
                "Connect-TandemSource" => " -Endpoint nowhere",
                "Test-TandemLake" => "",
                "Set-TandemConfiguration" => " -TimeZone Mars/Base -WhatIf",
                _ => " -Database Env:x",
            }),
    ];

    [Theory]
    [MemberData(nameof(Failing))]
    public void SilentlyContinue_and_Ignore_are_silent_and_the_script_goes_on(string call)
    {
        var (quiet, id) = (Run($"{call} -ErrorAction SilentlyContinue"), IdOf(call));
        var ignored = Run($"{call} -ErrorAction Ignore");

        Assert.Equal(["False", id, "went on"], quiet.Output);
        Assert.Empty(quiet.Errors);
        Assert.Equal(["False", "", "went on"], ignored.Output);
        Assert.Empty(ignored.Errors);
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public void Continue_shows_the_error_and_the_script_goes_on(string call)
    {
        var run = Run($"{call} -ErrorAction Continue");

        Assert.Equal(["False", IdOf(call), "went on"], run.Output);
        Assert.Equal(IdOf(call), run.Error.FullyQualifiedErrorId);
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public void Stop_ends_the_script(string call)
    {
        var run = Run($"{call} -ErrorAction Stop");

        Assert.True(run.WasTerminated);
        Assert.Empty(run.Output);
        Assert.Equal(IdOf(call), run.Error.FullyQualifiedErrorId);
        Assert.Equal(
            [IdOf(call)],
            Session.Run($"try {{ {call} -ErrorAction Stop }} catch {{ $_.FullyQualifiedErrorId }}").Succeeded().Output);
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public void Without_ErrorAction_it_ends_the_statement_and_the_preference_of_the_script_applies(string call)
    {
        var run = Session.Run($"{call}; 'next statement'");
        var caught = Session.Run($"try {{ {call}; 'not reached' }} catch {{ 'caught' }}").Succeeded();
        var stopped = Session.Run($"& {{ $ErrorActionPreference = 'Stop'; {call}; 'not reached' }}");
        var quiet = Session.Run($"& {{ $ErrorActionPreference = 'SilentlyContinue'; {call}; 'next statement' }}");

        Assert.Equal([IdOf(call)], run.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal(["next statement"], run.Output);
        Assert.Equal(["caught"], caught.Output);
        Assert.True(stopped.WasTerminated);
        Assert.Empty(stopped.Output);
        Assert.Equal(["next statement"], quiet.Succeeded().Output);
    }

    [Fact]
    public void A_default_for_ErrorAction_counts_as_specified()
    {
        var run = Session.Run(
            "& { $PSDefaultParameterValues = @{ 'Get-TandemBolus:ErrorAction' = 'SilentlyContinue' }; "
            + "try { Get-TandemBolus -Database Env:x; 'went on' } catch { 'caught' } }");

        Assert.Equal(["went on"], run.Succeeded().Output);
    }

    [Fact]
    public void ErrorAction_may_be_abbreviated() =>
        Assert.Equal(["went on"], Session.Run("Get-TandemBolus -Database Env:x -ea 0; 'went on'").Succeeded().Output);

    [Fact]
    public void The_rest_of_a_failed_command_does_not_run()
    {
        var inBegin = Session.Run("1, 2 | Test-Stages -FailIn Begin -ErrorAction SilentlyContinue").Succeeded();
        var inProcess = Session.Run("1, 2 | Test-Stages -FailIn Process -ErrorAction SilentlyContinue").Succeeded();
        var inEnd = Session.Run("1, 2 | Test-Stages -FailIn End -ErrorAction SilentlyContinue").Succeeded();

        Assert.Equal(["Begin"], inBegin.Output);
        Assert.Equal(["Begin", "Process"], inProcess.Output);
        Assert.Equal(["Begin", "Process", "Process", "End"], inEnd.Output);
    }

    private static ScriptRun Run(string call) =>
        Session.Run($"{call} -ErrorVariable failure; \"$?\"; \"$($failure.FullyQualifiedErrorId)\"; 'went on'");

    private static string IdOf(string call)
    {
        var caught = Session.Run($"try {{ {call} }} catch {{ $_ }}").Succeeded().OutputOf<ErrorRecord>();
        return Assert.Single(caught).FullyQualifiedErrorId;
    }

    [Cmdlet(VerbsDiagnostic.Test, "Stages")]
    public sealed class StagesCommand : TandemCommand
    {
        [Parameter(ValueFromPipeline = true)]
        public int Input { get; set; }

        [Parameter(Mandatory = true)]
        public string FailIn { get; set; } = "";

        protected override void Begin() => Step("Begin");

        protected override void Process() => Step("Process");

        protected override void End() => Step("End");

        private void Step(string name)
        {
            WriteObject(name);
            if (name == FailIn)
            {
                throw new Engine.TandemException("StageFailed", Engine.TandemErrorKind.InvalidData, "It failed.");
            }
        }
    }
}

using System.CommandLine;
using System.Management.Automation;
using TandemFetch.Shell;

var sandbox = new Option<bool>("--sandbox")
{
    Description = "Start a stand-in for Tandem Source with a synthetic pump, and point the script at it.",
};
var seed = new Option<int>("--seed")
{
    Description = "What the synthetic pump's life is made from; the same seed gives the same life.",
    DefaultValueFactory = _ => 1,
};
var days = new Option<int>("--days")
{
    Description = "How many days the synthetic pump has been in use.",
    DefaultValueFactory = _ => 90,
};
var timeZone = new Option<string>("--time-zone")
{
    Description = "IANA time zone that the synthetic pump is set to.",
    DefaultValueFactory = _ => "America/New_York",
};
var command = new Option<string?>("-c", "--command")
{
    Description = "Run this text in place of a script.",
};
var script = new Argument<string[]>("script")
{
    Description = "The script and its arguments, as one would type them in PowerShell. Options of the shell come before it.",
    CaptureRemainingTokens = true,
};

var shell = new RootCommand(
    """
    Runs a PowerShell script with TandemFetch imported, where no pwsh is installed.

    The engine package alone has no Select-Object, Export-Csv and the like; scripts for it keep to core commands and ours,
    and the same scripts run unchanged in pwsh.
    """)
{
    sandbox, seed, days, timeZone, command, script,
};
shell.Validators.Add(given =>
{
    if (given.GetValue(command) is null == given.GetValue(script) is not { Length: > 0 })
    {
        given.AddError("Name a script, or give a command with -c.");
    }
});
shell.SetAction(async (given, cancellationToken) =>
{
    await using var server = given.GetValue(sandbox)
        ? await SandboxSession.StartAsync(given.GetValue(seed), given.GetValue(days), given.GetValue(timeZone)!, cancellationToken)
        : null;
    var work = given.GetValue(command) is { } text
        ? ScriptCall.OfText(text)
        : ScriptCall.OfFile(given.GetValue(script)!);
    using var runner = new ScriptRunner(ShellHost.OnConsole(), ModuleLocation.Find());
    return runner.Run(work, cancellationToken);
});

try
{
    return await shell
        .Parse(args, new ParserConfiguration { EnablePosixBundling = false })
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception failure) when (failure is IOException or RuntimeException or ArgumentException or TimeZoneNotFoundException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return ScriptRunner.Failed;
}

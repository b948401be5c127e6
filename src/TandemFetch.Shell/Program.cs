using System.CommandLine;
using TandemFetch.Shell;

var sandbox = new Option<bool>("--sandbox")
{
    Description = "Start a sandbox that stands in for Tandem Source, with a synthetic pump, and connect the commands to it.",
};
var seed = new Option<int>("--seed")
{
    Description = "Seed of the synthetic pump's log; the same seed gives the same log.",
    DefaultValueFactory = _ => 1,
};
var days = new Option<int>("--days")
{
    Description = "How many days the synthetic pump has been in use.",
    DefaultValueFactory = _ => 90,
};
var timeZone = new Option<string>("--time-zone")
{
    Description = "IANA time zone to which the synthetic pump is set.",
    DefaultValueFactory = _ => "America/New_York",
};
var endDate = new Option<DateOnly?>("--end-date")
{
    Description = "Last day of the synthetic pump's log (YYYY-MM-DD); yesterday by default.",
};
var words = new Argument<string[]>("script")
{
    Description = "A script and its arguments, or arguments of pwsh such as -Command; without arguments, a prompt opens.",
    CaptureRemainingTokens = true,
};

var shell = new RootCommand("Opens PowerShell with TandemFetch imported, or runs a script in it.")
{
    sandbox, seed, days, timeZone, endDate, words,
};
shell.SetAction(async (given, cancellationToken) =>
{
    await using var server = given.GetValue(sandbox)
        ? await SandboxSession.StartAsync(
            given.GetValue(seed),
            given.GetValue(days),
            given.GetValue(timeZone)!,
            given.GetValue(endDate),
            cancellationToken)
        : null;
    return PowerShellConsole.Run(given.GetValue(words) ?? []);
});

try
{
    // Without a timeout for Ctrl+C, PowerShell handles the key: it stops a command, not the prompt.
    return await shell
        .Parse(args, new ParserConfiguration { EnablePosixBundling = false })
        .InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
}
catch (Exception failure) when (failure is IOException or ArgumentException or TimeZoneNotFoundException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}

using System.CommandLine;
using System.Globalization;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Account;
using TandemFetch.Sandbox.Identity;
using TandemFetch.Sandbox.Nightscout;
using TandemFetch.Sandbox.Pump;

var port = new Option<int>("--port") { Description = "Loopback port; 0 takes a free one.", DefaultValueFactory = _ => 5080 };
var seed = new Option<int>("--seed") { Description = "Seed of the account, the pumps and their logs.", DefaultValueFactory = _ => 1 };
var days = new Option<int>("--days") { Description = "Days of log at the start.", DefaultValueFactory = _ => 90 };
var entries = new Option<long?>("--entries") { Description = "Approximate number of entries, instead of --days." };
var timeZone = new Option<string>("--time-zone")
{
    Description = "The owner's home zone, an IANA name.",
    DefaultValueFactory = _ => "America/New_York",
};
var endDate = new Option<DateOnly?>("--end-date")
{
    Description = "Last local day of the log (YYYY-MM-DD), instead of today.",
    CustomParser = result =>
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        result.AddError("--end-date must be YYYY-MM-DD.");
        return null;
    },
};
var pumps = new Option<int>("--pumps")
{
    Description = "Pumps of the account: in use, old, never uploaded, more old ones.",
    DefaultValueFactory = _ => 1,
};
var sparse = new Option<bool>("--sparse") { Description = "About sixty entries a day instead of a thousand." };
var speed = new Option<double?>("--speed") { Description = "Speed of the pump's time; 1 is real time." };
var sensor = new Option<SensorKind?>("--sensor") { Description = "The sensor, instead of one drawn from the seed." };
var algorithm = new Option<ControlAlgorithm?>("--algorithm")
{
    Description = "The algorithm, instead of one drawn from the seed.",
};
var dateSlips = new Option<int?>("--date-slips") { Description = "How often the pump's date is wrong for a while." };
var emptyBatteries = new Option<int?>("--empty-batteries")
{
    Description = "How often the battery runs empty and the clock starts again.",
};
var without = new Option<LogTraits[]>("--without")
{
    Description = "What the pumps do not write.",
    DefaultValueFactory = _ => [],
    AllowMultipleArgumentsPerToken = true,
};
var region = new Option<AccountRegion?>("--region")
{
    Description = "The only region in which the account exists, instead of both.",
};
var rangeEnd = new Option<LogRangeEnd>("--range-end") { Description = "What the account shows as the end of a log." };
var padsProfiles = new Option<bool>("--pad-profiles")
{
    Description = "Profiles of sixteen segments, the unused ones all zero.",
};
var requiresEventCodes = new Option<bool>("--require-event-codes")
{
    Description = "Reject requests without event codes.",
};
var nightscout = new Option<int?>("--nightscout")
{
    Description = "Also starts a server that stands in for Nightscout, on this loopback port; "
        + "5081 without a number, 0 takes a free one.",
    HelpName = "port",
    Arity = ArgumentArity.ZeroOrOne,
    CustomParser = result =>
    {
        if (result.Tokens.Count == 0)
        {
            return 5081;
        }

        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= 65535)
        {
            return number;
        }

        result.AddError("--nightscout must be a port from 0 to 65535.");
        return null;
    },
};

var command = new RootCommand(
    "A sandbox on the loopback interface that stands in for Tandem Source, with a synthetic pump, and for Nightscout.")
{
    port, seed, days, entries, timeZone, endDate, pumps, sparse, speed,
    sensor, algorithm, dateSlips, emptyBatteries, without, region, rangeEnd, padsProfiles, requiresEventCodes, nightscout,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var options = new SandboxOptions
    {
        Port = arguments.GetValue(port),
        Seed = arguments.GetValue(seed),
        Days = arguments.GetValue(days),
        Entries = arguments.GetValue(entries),
        TimeZone = arguments.GetValue(timeZone)!,
        EndDate = arguments.GetValue(endDate),
        Pumps = arguments.GetValue(pumps),
        Sparse = arguments.GetValue(sparse),
        Speed = arguments.GetValue(speed),
        Sensor = arguments.GetValue(sensor),
        Algorithm = arguments.GetValue(algorithm),
        Clock = new ClockHabits
        {
            DateSlips = arguments.GetValue(dateSlips),
            EmptyBatteries = arguments.GetValue(emptyBatteries),
        },
        Traits = LogTraits.All & ~arguments.GetValue(without)!.Aggregate(LogTraits.None, (all, trait) => all | trait),
        Region = arguments.GetValue(region),
        RangeEnd = arguments.GetValue(rangeEnd),
        PadsProfiles = arguments.GetValue(padsProfiles),
        RequiresEventCodes = arguments.GetValue(requiresEventCodes),
    };
    try
    {
        await using var sandbox = await SandboxServer.StartAsync(options, cancellationToken);
        Console.WriteLine($"Sandbox at {sandbox.BaseAddress} for {SandboxOptions.Email} with password {SandboxOptions.Password}; Ctrl+C ends it.");
        await using var site = arguments.GetResult(nightscout) is null
            ? null
            : await StartNightscoutAsync(arguments.GetValue(nightscout) ?? 0, cancellationToken);
        await sandbox.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
    catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or IOException or ArgumentOutOfRangeException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();

static async Task<NightscoutServer> StartNightscoutAsync(int port, CancellationToken cancellationToken)
{
    var options = new NightscoutOptions { Port = port };
    var server = await NightscoutServer.StartAsync(options, cancellationToken);
    var token = server.TokenOf(NightscoutSubject.Uploader.Name);
    Console.WriteLine(
        $"Nightscout at {server.BaseAddress} with API secret {options.ApiSecret} and access token {token}.");
    return server;
}

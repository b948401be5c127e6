using System.Management.Automation;
using TandemFetch.Engine.Assistant;
using TandemFetch.Engine.Clock;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>The base of the commands that say what an assistant may see.</summary>
public abstract class AssistantCommand : DatabaseCommand
{
    // A client waits for the response meanwhile.
    private const int ShortWait = 3;

    /// <summary>Makes a command that does not wait for long.</summary>
    protected AssistantCommand() => LockTimeout = ShortWait;

    /// <summary>Parts of the file that an assistant does not see otherwise.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public AssistantPart[]? Include { get; set; }

    /// <summary>Nothing before this moment is visible; everything is, unless given.</summary>
    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(MomentCompleter))]
    public Moment? Since { get; set; }

    /// <summary>Seconds that a call may take.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int CallTimeout { get; set; } = 30;

    /// <summary>Megabytes of memory that the process of the calls may take.</summary>
    [Parameter]
    [ValidateRange(200, 16_384)]
    public int MemoryLimit { get; set; } = 1_024;

    /// <summary>What an assistant may see.</summary>
    private protected AssistantScope Scope() => new(ResolveDatabasePath())
    {
        Include = Include ?? [],
        Since = Since?.In(Since.IsExact
            ? ZoneOffsets.Utc
            : PumpTimeZone.OfTimes(null, [], Settings, CurrentFolder)),
    };

    /// <summary>How much a call may take.</summary>
    private protected AssistantLimits Limits() => new()
    {
        Deadline = TimeSpan.FromSeconds(CallTimeout),
        ResidentBytes = (long)MemoryLimit << 20,
        LockTimeout = LockTimeLimit,
    };
}

using System.Management.Automation;
using TandemFetch.Engine.Assistant.Server;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets the calls of assistants, oldest first: what was asked, and none of the data.</summary>
[Cmdlet(VerbsCommon.Get, "TandemAssistantLog")]
[OutputType(typeof(AssistantCall))]
public sealed class GetTandemAssistantLogCommand : TandemCommand
{
    /// <summary>Gets only the newest calls, this many; they are still emitted oldest first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <summary>Includes only calls of these tools, which may contain wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Tool { get; set; } = ["*"];

    /// <summary>Includes only calls that read this DuckDB file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var file = Database is null ? null : DatabaseCommand.ResolvePath(Database, SessionState.Path);
        var patterns = Tool.Select(tool => WildcardPattern.Get(tool, NameWildcards)).ToList();
        var calls = AuditFile.OfUser().Read()
            .Where(call => patterns.Any(pattern => pattern.IsMatch(call.Tool)))
            .Where(call => file is null || call.Database == file);
        foreach (var call in Newest is { } newest ? calls.TakeLast(newest) : calls)
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(call);
        }
    }
}

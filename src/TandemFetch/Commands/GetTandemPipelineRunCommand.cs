using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets the runs of the stages, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemPipelineRun")]
[OutputType(typeof(PipelineRun))]
public sealed class GetTandemPipelineRunCommand : TimeRangeCommand
{
    /// <summary>Includes only runs of these stages.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PipelineStage[]? Stage { get; set; }

    /// <summary>Includes only runs with this outcome.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PipelineOutcome[]? Outcome { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        CheckTimeRange();
        IReadOnlyList<PipelineRun> runs;
        using (var database = OpenDatabase(DatabaseAccess.Read))
        {
            runs = RunReader.Read(database, ResolveFilter(database));
        }

        foreach (var run in runs.Where(run => Stage?.Contains(run.Stage) != false && Outcome?.Contains(run.Outcome) != false))
        {
            WriteObject(run);
        }
    }
}

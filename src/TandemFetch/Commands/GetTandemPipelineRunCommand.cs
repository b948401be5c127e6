using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets the runs of the stages, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemPipelineRun")]
[OutputType(typeof(PipelineRun))]
public sealed class GetTandemPipelineRunCommand : ListCommand
{
    /// <summary>Includes only runs of these stages.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PipelineStage[]? Stage { get; set; }

    /// <summary>Includes only runs with this outcome.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PipelineOutcome[]? Outcome { get; set; }

    private protected override string MissingInLake => "runs of the pipeline";

    /// <inheritdoc/>
    protected override void Process()
    {
        CheckTimeRange();
        IReadOnlyList<PipelineRun> runs;
        using (var database = OpenStored())
        {
            runs = RunReader.Read(database, CreateFilter(database));
        }

        WriteObject(runs, enumerateCollection: true);
    }

    private protected override IEnumerable<ColumnCondition> Conditions(TandemDatabase database)
    {
        if (Stage is not null)
        {
            yield return ColumnCondition.Matching("stage", Stage.Select(stage => stage.ToString()));
        }

        if (Outcome is not null)
        {
            yield return ColumnCondition.Matching("outcome", Outcome.Select(outcome => outcome.ToString()));
        }
    }
}

using TandemFetch.Engine.Analytics;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>
/// What all commands that compute measures have in common: the file is closed before the first result leaves.
/// </summary>
public abstract class AnalysisCommand : TimeRangeCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        CheckTimeRange();
        CheckArguments();
        IReadOnlyList<object> results;
        string? warning;
        using (var database = OpenDerived())
        {
            var filter = ResolveFilter(database);
            results = Compute(database, filter);
            warning = UnknownTime.Warning(database, filter);
        }

        if (warning is not null)
        {
            WriteWarning(warning);
        }

        WriteObject(results, enumerateCollection: true);
    }

    /// <summary>Checks the arguments that need no database.</summary>
    private protected virtual void CheckArguments()
    {
    }

    /// <summary>Computes what the command is about.</summary>
    private protected abstract IReadOnlyList<object> Compute(TandemDatabase database, RecordFilter filter);
}

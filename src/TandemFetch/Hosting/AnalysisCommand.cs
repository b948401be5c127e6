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
        using (var database = OpenDatabase(DatabaseAccess.Read))
        {
            var (since, until) = ResolveTimeRange(database);
            var filter = new RecordFilter { Since = since, Until = until, PumpSerials = PumpSerial ?? [] };
            results = Compute(database, filter);
            warning = WarningOf(database, filter);
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

    /// <summary>Whether readings of unknown true time are left out of what the command computes.</summary>
    private static string? WarningOf(TandemDatabase database, RecordFilter filter) =>
        UnknownTime.CountReadings(database, filter) is > 0 and var readings
            ? $"{readings:N0} readings are left out because their true time cannot be known. "
                + "Get-TandemCgmReading -UnknownTime lists them."
            : null;
}

using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets alerts, alarms, malfunctions and sensor alerts, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemAlert")]
[OutputType(typeof(Alert))]
public sealed class GetTandemAlertCommand : TimedRecordCommand<Alert>
{
    /// <summary>Includes only those with one of these names, which may contain wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AlertNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Includes only these kinds.</summary>
    [Parameter]
    [ValidateSet("Alert", "Alarm", "Malfunction", "CgmAlert")]
    public string[]? Kind { get; set; }

    private protected override IEnumerable<ColumnCondition> Conditions(TandemDatabase database)
    {
        if (Name is not null)
        {
            yield return KnownNames.Alerts.Matching(database, Name, WriteFailure);
        }

        if (Kind is not null)
        {
            yield return ColumnCondition.Matching("kind", Kind);
        }
    }
}

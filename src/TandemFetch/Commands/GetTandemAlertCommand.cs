using System.Management.Automation;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Lists alerts, alarms, malfunctions and sensor alerts, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemAlert")]
[OutputType(typeof(Alert))]
public sealed class GetTandemAlertCommand : TimedRecordCommand<Alert>
{
    private protected override IEnumerable<Alert> Read(RecordReader reader, RecordFilter filter, CancellationToken cancellationToken) =>
        reader.Alerts(filter, cancellationToken);
}

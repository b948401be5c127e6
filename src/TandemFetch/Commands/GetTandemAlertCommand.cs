using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets alerts, alarms, malfunctions and sensor alerts, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemAlert")]
[OutputType(typeof(Alert))]
public sealed class GetTandemAlertCommand : TimedRecordCommand<Alert>;

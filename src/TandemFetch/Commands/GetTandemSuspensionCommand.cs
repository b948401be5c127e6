using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets periods in which all insulin was suspended, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemSuspension")]
[OutputType(typeof(Suspension))]
public sealed class GetTandemSuspensionCommand : TimedRecordCommand<Suspension>;

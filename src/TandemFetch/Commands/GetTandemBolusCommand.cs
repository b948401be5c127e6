using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets boluses, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemBolus")]
[OutputType(typeof(Bolus))]
public sealed class GetTandemBolusCommand : TimedRecordCommand<Bolus>;

using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets periods of basal insulin at one rate, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemBasalDelivery")]
[OutputType(typeof(BasalDelivery))]
public sealed class GetTandemBasalDeliveryCommand : TimedRecordCommand<BasalDelivery>;

using System.Management.Automation;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Lists stretches of basal insulin at one rate, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemBasalDelivery")]
[OutputType(typeof(BasalDelivery))]
public sealed class GetTandemBasalDeliveryCommand : TimedRecordCommand<BasalDelivery>
{
    private protected override IEnumerable<BasalDelivery> Read(RecordReader reader, RecordFilter filter, CancellationToken cancellationToken) =>
        reader.BasalDeliveries(filter, cancellationToken);
}

using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets log entries exactly as received, ordered by the pump's own clock.</summary>
[Cmdlet(VerbsCommon.Get, "TandemRawEvent")]
[OutputType(typeof(RawEvent))]
public sealed class GetTandemRawEventCommand : RecordCommand<RawEvent>
{
    /// <summary>Includes only entries with these codes of the pump's log.</summary>
    [Parameter]
    [Alias("EventId")]
    [ArgumentCompleter(typeof(EventCodeCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? EventCode { get; set; }

    private protected override string MissingInLake => "raw entries";

    private protected override IEnumerable<ColumnCondition> Conditions(TandemDatabase database) =>
        EventCode is null ? [] : [ColumnCondition.OneOf("event_code", EventCode)];

    private protected override IEnumerable<RawEvent> Read(RecordReader reader, RecordFilter filter, CancellationToken cancellationToken) =>
        reader.RawEvents(filter, cancellationToken);
}

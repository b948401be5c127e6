using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets log entries with names and real units, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemEvent")]
[OutputType(typeof(PumpEvent))]
public sealed class GetTandemEventCommand : TimedRecordCommand<PumpEvent>
{
    /// <summary>Includes only entries with these codes of the pump's log.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EventCodeCompleter))]
    [ValidateNotNullOrEmpty]
    public int[]? EventId { get; set; }

    /// <summary>Includes only entries with one of these names, which may contain wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EventNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EventName { get; set; }

    private protected override string MissingInLake => "entries of the log";

    private protected override IEnumerable<ColumnCondition> Conditions(TandemDatabase database)
    {
        if (EventId is not null)
        {
            yield return ColumnCondition.OneOf("event_id", EventId);
        }

        if (EventName is not null)
        {
            yield return KnownNames.Events.Matching(database, EventName, WriteFailure);
        }
    }

    private protected override IEnumerable<PumpEvent> Read(RecordReader reader, RecordFilter filter, CancellationToken cancellationToken) =>
        reader.Events(filter, cancellationToken);
}

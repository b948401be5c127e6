using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Gets the periods between clock changes of the pumps, with each clock's offset from UTC, oldest first.
/// </summary>
[Cmdlet(VerbsCommon.Get, "TandemClockSpan")]
[OutputType(typeof(ClockSpan))]
public sealed class GetTandemClockSpanCommand : RecordCommand<ClockSpan>
{
    private protected override IEnumerable<ClockSpan> Read(RecordReader reader, RecordFilter filter, CancellationToken cancellationToken) =>
        reader.ClockSpans(filter);
}

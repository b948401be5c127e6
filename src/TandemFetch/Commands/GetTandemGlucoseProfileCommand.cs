using System.Management.Automation;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets the glucose profile: percentiles by hour of the day, smoothed and raw.</summary>
[Cmdlet(VerbsCommon.Get, "TandemGlucoseProfile")]
[OutputType(typeof(GlucoseProfileHour))]
public sealed class GetTandemGlucoseProfileCommand : AnalysisCommand
{
    /// <summary>The unit of the results.</summary>
    [Parameter]
    public GlucoseUnit Unit { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<object> Compute(TandemDatabase database, RecordFilter filter) =>
        [.. GlucoseProfiles.Read(database, filter, StopToken).Select(hour => hour.In(Unit))];
}

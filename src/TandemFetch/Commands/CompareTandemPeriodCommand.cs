using System.Management.Automation;
using TandemFetch.Engine.Analytics.Comparison;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Compares the measures of two periods, and tells which differences are more than the days differ anyway.
/// </summary>
[Cmdlet(VerbsData.Compare, "TandemPeriod")]
[OutputType(typeof(MeasureDifference))]
public sealed class CompareTandemPeriodCommand : AnalysisCommand
{
    /// <summary>When the reference period begins, written like <c>-Since</c>; as long before its end as the period is,
    /// unless given.</summary>
    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(MomentCompleter))]
    public Moment? ReferenceSince { get; set; }

    /// <summary>
    /// When the reference period ends, written like <c>-Since</c>; where the period begins, unless given.
    /// </summary>
    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(MomentCompleter))]
    public Moment? ReferenceUntil { get; set; }

    /// <summary>The seed of the bootstrap: the same seed gives the same intervals.</summary>
    [Parameter]
    public int Seed { get; set; } = 1;

    /// <inheritdoc/>
    private protected override IReadOnlyList<object> Compute(TandemDatabase database, RecordFilter filter)
    {
        if (filter.Since is not { } since)
        {
            throw Invalid("Say which period is compared: -Last 14d, or -Since and -Until.");
        }

        var zone = new Lazy<ZoneOffsets>(() => ZoneOfTimes(database));
        var until = filter.Until ?? Clock.GetUtcNow();
        var referenceUntil = Resolve(ReferenceUntil, zone) ?? since;
        var referenceSince = Resolve(ReferenceSince, zone) ?? (referenceUntil - (until - since));
        if (since >= until || referenceSince >= referenceUntil)
        {
            throw Invalid("A period must begin before it ends.");
        }

        return PeriodComparison.Compare(
            database,
            filter with { Since = referenceSince, Until = referenceUntil },
            filter with { Until = until },
            Seed,
            StopToken);
    }
}

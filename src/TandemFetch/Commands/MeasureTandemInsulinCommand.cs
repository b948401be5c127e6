using System.Management.Automation;
using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Measures insulin, carbohydrates, automation and modes: averages of complete days, or each day.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TandemInsulin")]
[OutputType(typeof(InsulinMetrics))]
public sealed class MeasureTandemInsulinCommand : AnalysisCommand
{
    /// <summary>Emits each day instead of the averages.</summary>
    [Parameter]
    public InsulinGrouping? By { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<object> Compute(TandemDatabase database, RecordFilter filter) => By is null
        ? [InsulinMeasures.Average(database, filter, StopToken)]
        : InsulinMeasures.Days(database, filter, StopToken);
}

using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Measures glucose: mean, variability, time in ranges, risk and episodes, each with what it rests on.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "TandemGlucose", DefaultParameterSetName = ByPreset)]
[OutputType(typeof(GlucoseMetrics))]
public sealed class MeasureTandemGlucoseCommand : AnalysisCommand
{
    private const string ByPreset = "Preset";
    private const string ByRange = "Range";
    private const string NoReadings = "There are no readings in this range of time.";

    private GlucoseRanges _ranges = GlucoseRanges.Standard;

    /// <summary>Splits the period into groups, one object each.</summary>
    [Parameter]
    public GlucoseGrouping? By { get; set; }

    /// <summary>Whose ranges and goals are used.</summary>
    [Parameter(ParameterSetName = ByPreset)]
    public GlucosePreset Preset { get; set; }

    /// <summary>
    /// Ranges of one's own in mg/dL: the ends of the target range, or very low, low, high and very high.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByRange)]
    [ValidateRange(40, 400)]
    public int[] Range { get; set; } = [];

    /// <summary>The unit of the results.</summary>
    [Parameter]
    public GlucoseUnit Unit { get; set; }

    /// <summary>
    /// With <c>-Lake</c> and <c>-By Pump</c>, measures as many pumps at once as there are processors.
    /// </summary>
    [Parameter]
    public SwitchParameter Parallel { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Lake is null || By != GlucoseGrouping.Pump)
        {
            base.Process();
            return;
        }

        CheckTimeRange();
        CheckArguments();
        MeasurePumps();
    }

    /// <inheritdoc/>
    private protected override void CheckArguments()
    {
        if (Parallel && (Lake is null || By != GlucoseGrouping.Pump))
        {
            throw new TandemException(
                "ParallelConflict",
                TandemErrorKind.InvalidArgument,
                "-Parallel measures the pumps of a lake side by side. Use it with -Lake and -By Pump.");
        }

        _ranges = ParameterSetName == ByRange ? OwnRanges() : GlucoseRanges.Of(Preset);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<object> Compute(TandemDatabase database, RecordFilter filter)
    {
        if (By is not { } grouping)
        {
            return [GlucoseMeasures.Measure(database, filter, _ranges, StopToken).In(Unit)];
        }

        var groups = GlucoseMeasures.MeasureBy(database, filter, _ranges, grouping, StopToken)
            .Select(metrics => metrics.In(Unit)).ToList();
        if (groups.Count == 0)
        {
            WriteWarning(NoReadings);
        }

        return groups;
    }

    private void MeasurePumps()
    {
        var isEmpty = true;
        foreach (var pump in PumpGlucose.MeasureEach(
            ResolveLake(), PumpSerial ?? [], Parallel, ResolveFilter, _ranges, StopToken))
        {
            foreach (var warning in pump.Warnings)
            {
                WriteWarning(warning);
            }

            WriteObject(pump.Metrics.Select(metrics => metrics.In(Unit)), enumerateCollection: true);
            if (pump.Failure is { } failure)
            {
                WriteFailure(failure);
            }

            isEmpty &= pump.Metrics.Count == 0 && pump.Failure is null;
        }

        if (isEmpty)
        {
            WriteWarning(NoReadings);
        }
    }

    private GlucoseRanges OwnRanges()
    {
        try
        {
            return GlucoseRanges.Between(Range);
        }
        catch (ArgumentException)
        {
            throw new TandemException(
                "GlucoseRangeInvalid",
                TandemErrorKind.InvalidArgument,
                "-Range takes two or four rising values in mg/dL, such as 70, 180 or 54, 70, 180, 250; "
                + $"it is {string.Join(", ", Range)}.",
                Range);
        }
    }
}

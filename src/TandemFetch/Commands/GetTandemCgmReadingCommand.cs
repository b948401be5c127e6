using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets glucose readings, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemCgmReading")]
[OutputType(typeof(CgmReading))]
public sealed class GetTandemCgmReadingCommand : TimedRecordCommand<CgmReading>
{
    // No sensor reports less than 39 mg/dL, which stands for below its range, and none more than 33.3 mmol/L.
    private const decimal LeastLimit = 35;

    /// <summary>
    /// Includes only readings below this glucose, mg/dL; a reading of exactly this value is not included.
    /// </summary>
    [Parameter]
    public decimal? Below { get; set; }

    /// <summary>
    /// Includes only readings above this glucose, mg/dL; a reading of exactly this value is not included.
    /// </summary>
    [Parameter]
    public decimal? Above { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        CheckUnit(nameof(Below), Below);
        CheckUnit(nameof(Above), Above);
        if (Above >= Below)
        {
            throw LimitInvalid(
                FormattableString.Invariant($"No reading is both above {Above} and below {Below} mg/dL. ")
                + "-Above must be less than -Below.",
                Above);
        }
    }

    private protected override IEnumerable<ColumnCondition> Conditions(TandemDatabase database)
    {
        if (Below is { } below)
        {
            yield return ColumnCondition.LessThan("glucose", below);
        }

        if (Above is { } above)
        {
            yield return ColumnCondition.GreaterThan("glucose", above);
        }
    }

    private static void CheckUnit(string parameter, decimal? limit)
    {
        if (limit < LeastLimit)
        {
            var milligrams = Math.Round((double)limit * GlucoseUnits.MgDlPerMmolL);
            throw LimitInvalid(
                FormattableString.Invariant($"-{parameter} is in mg/dL and must be at least {LeastLimit}, not {limit}. ")
                + FormattableString.Invariant($"{limit} mmol/L is {milligrams} mg/dL."),
                limit);
        }
    }

    private static TandemException LimitInvalid(string message, object? limit) =>
        new("GlucoseLimitInvalid", TandemErrorKind.InvalidArgument, message, limit);
}

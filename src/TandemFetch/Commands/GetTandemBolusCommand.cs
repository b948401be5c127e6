using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets boluses, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemBolus")]
[OutputType(typeof(Bolus))]
public sealed class GetTandemBolusCommand : TimedRecordCommand<Bolus>
{
    /// <summary>Includes only boluses of one of these kinds, which may contain wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BolusKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    /// <summary>Includes only boluses for at least this many grams of carbohydrates.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MinimumCarbs { get; set; }

    private protected override IEnumerable<ColumnCondition> Conditions(TandemDatabase database)
    {
        if (Kind is not null)
        {
            yield return KnownNames.BolusKinds.Matching(database, Kind, WriteFailure);
        }

        if (MinimumCarbs is { } grams)
        {
            yield return ColumnCondition.AtLeast("carbs", grams);
        }
    }
}

using System.Management.Automation;
using TandemFetch.Engine.Analytics.Meals;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets boluses with carbohydrates, oldest first, each with the glucose before and after it.</summary>
[Cmdlet(VerbsCommon.Get, "TandemMeal")]
[OutputType(typeof(Meal))]
public sealed class GetTandemMealCommand : AnalysisListCommand
{
    /// <inheritdoc/>
    private protected override IEnumerable<object> Find(TandemDatabase database, RecordFilter filter) =>
        MealResponses.Find(database, filter, StopToken);
}

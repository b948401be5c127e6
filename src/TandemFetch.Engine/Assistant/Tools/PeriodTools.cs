using TandemFetch.Engine.Analytics.Comparison;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Engine.Assistant.Results;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>Periods side by side.</summary>
internal static class PeriodTools
{
    // The same intervals for the same question.
    private const int Seed = 1;

    /// <summary>Where the other period begins.</summary>
    public static ToolArgument ReferenceSince { get; } = new(
        "reference_since",
        "string",
        "Beginning of the period to compare with; by default as long before its end as the period is.");

    /// <summary>Where the other period ends.</summary>
    public static ToolArgument ReferenceUntil { get; } = new(
        "reference_until", "string", "End of the period to compare with; by default where the period begins.");

    /// <summary>Compares two periods.</summary>
    public static async Task<ToolResult> CompareAsync(ToolCall call)
    {
        using var database = await call.OpenAsync().ConfigureAwait(false);
        var (filter, basis) = call.Period(database, "The unit of each measure is beside it.");
        var file = VisibleFile.Read(database, call.Scope);
        DateTimeOffset? Moment(ToolArgument argument) => call.Arguments.Text(argument.Name) is { } text
            ? MomentText.Parse(argument.Name, text, file.Zone, call.Now)
            : null;
        var (since, until) = (filter.Since!.Value, filter.Until!.Value);
        var referenceUntil = Moment(ReferenceUntil) ?? since;
        var referenceSince = Moment(ReferenceSince) ?? referenceUntil - (until - since);
        if (referenceSince >= referenceUntil || since >= until)
        {
            throw ToolArguments.Invalid("A period must begin before it ends.");
        }

        if (call.Scope.Since is { } bound && referenceSince < bound)
        {
            throw ToolArguments.Invalid(
                $"Data before {bound:u} is not shared, so the period to compare with must begin later. Name it with "
                + "'reference_since' and 'reference_until', and a later one with 'since'.");
        }

        var measures = PeriodComparison.Compare(
            database,
            filter with { Since = referenceSince, Until = referenceUntil },
            filter,
            Seed,
            CancellationToken.None);
        basis = basis with
        {
            RestsOn = $"{Quantity.Of(measures.Max(measure => measure.Pairs), "pair")} of days at most; each measure "
                + "has its own number.",
        };
        var result = new PeriodDifferences(
            basis, file.Zone.ToLocal(referenceSince), file.Zone.ToLocal(referenceUntil), measures);
        return new ToolResult(result, measures.Count);
    }
}

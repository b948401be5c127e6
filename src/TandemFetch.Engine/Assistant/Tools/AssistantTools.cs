using TandemFetch.Engine.Assistant.Results;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>All tools.</summary>
internal static class AssistantTools
{
    private static readonly ToolArgument By = new(
        "by",
        "string",
        "What to split the period by, besides measuring it as a whole; by default nothing.",
        ["week", "month", "weekday", "hour", "day_part"]);

    /// <summary>All tools.</summary>
    public static IReadOnlyList<AssistantTool> All { get; } =
    [
        new(
            "describe_data",
            "Describe the data",
            "Lists what there is: pumps, time zone, the span of time, and the tables with their columns, units and "
            + "rows. Call it before query.",
            [],
            typeof(DataDescription),
            DescriptionTools.DescribeAsync),
        new(
            "glucose_summary",
            "Glucose summary",
            "Measures the glucose of a period: mean, variability, GMI, time in ranges, episodes a day, and more.",
            [ToolArgument.Since, ToolArgument.Until, ToolArgument.Pump, ToolArgument.Unit, By],
            typeof(GlucoseSummary),
            call => GlucoseTools.SummarizeAsync(call, By)),
        new(
            "glucose_episodes",
            "Glucose episodes",
            "Finds episodes of low and high glucose with the insulin and the carbohydrates around them, oldest first.",
            [ToolArgument.Since, ToolArgument.Until, ToolArgument.Pump, ToolArgument.Limit],
            typeof(EpisodeList),
            GlucoseTools.FindEpisodesAsync),
        new(
            "insulin_summary",
            "Insulin summary",
            "Averages by day of basal and bolus insulin, boluses by kind, carbohydrates, automation and modes.",
            [ToolArgument.Since, ToolArgument.Until, ToolArgument.Pump],
            typeof(InsulinSummary),
            InsulinTools.SummarizeAsync),
        new(
            "daily_summary",
            "Days one by one",
            "Glucose, insulin and carbohydrates of each day of a period, oldest first.",
            [ToolArgument.Since, ToolArgument.Until, ToolArgument.Pump, ToolArgument.Limit],
            typeof(DailySummary),
            InsulinTools.ListDaysAsync),
        new(
            "boluses",
            "Boluses",
            "The newest boluses of a period with their requests and deliveries, oldest first.",
            [ToolArgument.Since, ToolArgument.Until, ToolArgument.Pump, ToolArgument.Limit],
            typeof(BolusList),
            InsulinTools.ListBolusesAsync),
        new(
            "compare_periods",
            "Compare two periods",
            "Compares the measures of a period with those of the period before it, or of another one, and says which "
            + "differences are more than days differ anyway.",
            [
                ToolArgument.Since, ToolArgument.Until, ToolArgument.Pump,
                PeriodTools.ReferenceSince, PeriodTools.ReferenceUntil,
            ],
            typeof(PeriodDifferences),
            PeriodTools.CompareAsync),
        new(
            "glucose_profile",
            "Glucose profile",
            "Percentiles of glucose by hour of the day (the AGP curve).",
            [ToolArgument.Since, ToolArgument.Until, ToolArgument.Pump, ToolArgument.Unit],
            typeof(ProfileHours),
            GlucoseTools.ReadProfileAsync),
        new(
            "query",
            "Query with SQL",
            "Runs one SELECT (DuckDB's SQL) over the tables that describe_data lists. Times are true times with a "
            + "zone; glucose is in mg/dL. Only functions that compute are allowed.",
            [
                new("sql", "string", "The statement. Required."),
                new("limit", "integer", "How many rows to return at most; by default 200."),
            ],
            typeof(QueryTable),
            DescriptionTools.QueryAsync),
    ];

    /// <summary>A tool by its name; null if there is none.</summary>
    public static AssistantTool? Find(string name) => All.FirstOrDefault(tool => tool.Name == name);
}

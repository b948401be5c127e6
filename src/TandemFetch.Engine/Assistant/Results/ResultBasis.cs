using System.ComponentModel;

namespace TandemFetch.Engine.Assistant.Results;

/// <summary>What a result is of, what it rests on and what it leaves out.</summary>
internal sealed record ResultBasis
{
    [Description("When the period begins; null where the result is of no period.")]
    public DateTimeOffset? Since { get; init; }

    [Description("When the period ends; that moment is no longer part of it.")]
    public DateTimeOffset? Until { get; init; }

    [Description("The time zone of days, hours and times.")]
    public string TimeZone { get; init; } = "UTC";

    [Description("The numbers of the pumps; their serial numbers are not shown.")]
    public IReadOnlyList<int> Pumps { get; init; } = [];

    [Description("The units of the numbers.")]
    public string Units { get; init; } = "";

    [Description("How much data the numbers rest on.")]
    public string RestsOn { get; init; } = "";

    [Description("What was left out or cut, and other things to say with the result.")]
    public IReadOnlyList<string> Notes { get; init; } = [];

    [Description("To be said with any conclusion.")]
    public string Caution { get; init; } = "A record of the past, not for treatment decisions.";
}

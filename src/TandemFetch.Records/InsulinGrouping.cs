namespace TandemFetch.Records;

/// <summary>Into which groups the insulin of a period is split.</summary>
public enum InsulinGrouping
{
    /// <summary>Days from midnight to midnight of the pump's zone.</summary>
    Day,
}

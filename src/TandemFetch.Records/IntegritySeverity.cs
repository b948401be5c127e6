namespace TandemFetch.Records;

/// <summary>What it means when a check finds something.</summary>
public enum IntegritySeverity
{
    /// <summary>
    /// Rows contradict each other. <c>Invoke-TandemBackfill -Rebuild</c> rebuilds what can be rebuilt.
    /// </summary>
    Fault,

    /// <summary>
    /// Good to know, such as days without entries or work that the next backfill will do; nothing is wrong.
    /// </summary>
    Note,
}

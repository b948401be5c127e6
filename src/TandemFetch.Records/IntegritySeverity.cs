namespace TandemFetch.Records;

/// <summary>What it means when a check finds something.</summary>
public enum IntegritySeverity
{
    /// <summary>Rows contradict each other. <c>Invoke-TandemBackfill -Rebuild</c> makes anew what can be made anew.</summary>
    Fault,

    /// <summary>Good to know, such as days without entries or work that the next backfill does; nothing is broken.</summary>
    Note,
}

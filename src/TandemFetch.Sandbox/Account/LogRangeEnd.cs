namespace TandemFetch.Sandbox.Account;

/// <summary>
/// What the account gives as the end of a pump's log. Both are on the pump's clock; they differ once the clock was set
/// back. Which of them the real server gives is not known.
/// </summary>
public enum LogRangeEnd
{
    /// <summary>The wall clock of the entry that was logged last.</summary>
    NewestEntry,

    /// <summary>The latest wall clock of all entries.</summary>
    LatestDate,
}

namespace TandemFetch.Sandbox.Account;

/// <summary>
/// What the account shows as the end of a pump's log. Both are on the pump's clock; they differ once the clock has been
/// set back. It is not known which of them the real server shows.
/// </summary>
public enum LogRangeEnd
{
    /// <summary>The wall clock of the entry that was logged last.</summary>
    NewestEntry,

    /// <summary>The latest wall clock of all entries.</summary>
    LatestDate,
}

namespace TandemFetch.Records;

/// <summary>Parts of a file that an assistant does not see unless they are included.</summary>
public enum AssistantPart
{
    /// <summary>The pump's log: the entries as received and as parsed.</summary>
    Raw,

    /// <summary>The pump's settings: profiles with their segments, and the settings as received.</summary>
    Settings,

    /// <summary>What the pipeline keeps for itself: its runs, the clock's spans, fetched days.</summary>
    Bookkeeping,
}

namespace TandemFetch.Engine.Tables;

/// <summary>What a table is derived from, and therefore where its derivation must run.</summary>
internal enum TableSource
{
    /// <summary><c>events</c>: it is derived wherever any entry has changed.</summary>
    Events,

    /// <summary>
    /// <c>therapy_entries</c> and nothing else of the log: it is derived where that table has entries.
    /// </summary>
    TherapyEntries,

    /// <summary>Other domain tables: it is derived last, for the days that the others changed.</summary>
    DomainTables,

    /// <summary>
    /// The pump's settings: it does not depend on the log, and is written together with the settings.
    /// </summary>
    Settings,
}

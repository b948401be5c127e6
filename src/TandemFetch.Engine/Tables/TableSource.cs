namespace TandemFetch.Engine.Tables;

/// <summary>What a table is made of, and with it where its derivation must run.</summary>
internal enum TableSource
{
    /// <summary><c>events</c>: it is derived wherever any entry changed.</summary>
    Events,

    /// <summary><c>therapy_entries</c> and nothing else of the log: it is derived where that has entries.</summary>
    TherapyEntries,

    /// <summary>Other domain tables: it is derived last, for the days that the others changed.</summary>
    DomainTables,

    /// <summary>The pump's settings: it is no part of the log, and written when the settings are.</summary>
    Settings,
}

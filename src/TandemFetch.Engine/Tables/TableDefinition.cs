using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tables;

/// <summary>
/// A table derived from what the pump logged, with everything that the pipeline and the checks need to know about it.
/// Its folder contains <c>table.sql</c> for new files, <c>derivation.sql</c>, and, if needed, <c>subject.sql</c> (the
/// subject of an entry, for <c>therapy_entries</c>) and <c>after_moving.sql</c> (what must be derived again when the
/// times of entries changed).
/// </summary>
public abstract class TableDefinition
{
    private static readonly string[] LogKey = ["device_assignment_id", "log_position"];

    private readonly Lazy<string?> _derivation;
    private readonly Lazy<string?> _afterMoving;
    private readonly Lazy<string?> _subject;
    private readonly Lazy<string> _fingerprint;

    private protected TableDefinition()
    {
        _derivation = new(() => Script("derivation"));
        _afterMoving = new(() => Script("after_moving"));
        _subject = new(() => Script("subject"));
        _fingerprint = new(() => RulesFingerprint.Of(Derivation + Subject + TableMacros.UsedBy(Derivation)));
    }

    /// <summary>The table's name in the file.</summary>
    public abstract string Name { get; }

    /// <summary>What its derivation reads.</summary>
    internal abstract TableSource Source { get; }

    /// <summary>The codes of the entries from which its rows are derived.</summary>
    internal virtual IReadOnlyList<int> EventCodes => [];

    /// <summary>
    /// The codes of the entries to which <c>events_id</c> and <c>log_position</c> of a row can refer.
    /// </summary>
    internal virtual IReadOnlyList<int> RowCodes => EventCodes;

    /// <summary>The same for one row, as an SQL list over the columns of the table.</summary>
    internal virtual string CodesOfRow => $"[{string.Join(", ", RowCodes)}]";

    /// <summary>The columns that are unique together.</summary>
    internal virtual IReadOnlyList<string> Key => LogKey;

    /// <summary>Its columns with true times, each with the position of its entry.</summary>
    internal virtual IReadOnlyList<TimeColumn> Times => [Timestamp];

    /// <summary>
    /// Its columns with the seconds between two of <see cref="Times"/>, of which one can move without the other.
    /// </summary>
    internal virtual IReadOnlyList<DurationColumn> Durations => [];

    /// <summary>Further tables that its derivation writes.</summary>
    internal virtual IReadOnlyList<CompanionTable> Companions => [];

    /// <summary>Whether a row belongs to an entry of the log.</summary>
    internal bool HasEntry => Source is TableSource.Events or TableSource.TherapyEntries;

    /// <summary>Whether it is derived from the log, or from tables that are.</summary>
    internal bool IsDerived => Source != TableSource.Settings;

    /// <summary>Whether its rows are days, which differ between zones.</summary>
    internal bool IsByDay => Source == TableSource.DomainTables;

    /// <summary>
    /// The statements that update a range of one pump's log. Their parameters are <c>$device</c>, <c>$first</c>,
    /// <c>$last</c> and, for the days of <c>changed_days</c>, <c>$zone</c>; apart from the tables and
    /// <see cref="TableMacros"/>, they use nothing else from outside.
    /// </summary>
    internal string Derivation =>
        _derivation.Value ?? throw new InvalidOperationException($"{Name} has no derivation.");

    /// <summary>What follows when the times of entries changed; null if nothing does.</summary>
    internal string? AfterMoving => _afterMoving.Value;

    /// <summary>
    /// The subject of an entry of <see cref="EventCodes"/>, as SQL over <c>event_id</c> and <c>event_data</c>; null for
    /// none.
    /// </summary>
    internal string? Subject => _subject.Value;

    /// <summary>Changes when the rules change, including those in shared macros.</summary>
    internal string Fingerprint => _fingerprint.Value;

    /// <summary>Its tables: the domain table itself and its companions.</summary>
    internal IEnumerable<string> Tables => Companions.Select(companion => companion.Name).Prepend(Name);

    /// <summary>The time column that nearly every table has.</summary>
    private protected static TimeColumn Timestamp { get; } = new("timestamp");

    private string? Script(string name) => SqlResource.Find($"{GetType().Namespace}.{name}.sql");
}

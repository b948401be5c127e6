using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tables;

/// <summary>
/// A table that is made of what the pump logged, with everything that the pipeline and the checks need to know of it.
/// Its folder has <c>table.sql</c> for new files, <c>derivation.sql</c>, and where it needs them <c>subject.sql</c>
/// (what an entry is about, for <c>therapy_entries</c>) and <c>after_moving.sql</c> (what is to be derived again when
/// entries were put on another time).
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

    /// <summary>The codes of the entries that its rows are made of.</summary>
    internal virtual IReadOnlyList<int> EventCodes => [];

    /// <summary>The codes of the entries that <c>events_id</c> and <c>log_position</c> of a row can lead to.</summary>
    internal virtual IReadOnlyList<int> RowCodes => EventCodes;

    /// <summary>The same for one row, as an SQL list over the columns of the table.</summary>
    internal virtual string CodesOfRow => $"[{string.Join(", ", RowCodes)}]";

    /// <summary>The columns that no two rows have in common.</summary>
    internal virtual IReadOnlyList<string> Key => LogKey;

    /// <summary>Its columns with true times, each with the place of the entry that it is of.</summary>
    internal virtual IReadOnlyList<TimeColumn> Times => [Timestamp];

    /// <summary>Its columns with the seconds between two of <see cref="Times"/>, of which one can move alone.</summary>
    internal virtual IReadOnlyList<DurationColumn> Durations => [];

    /// <summary>Further tables that its derivation writes.</summary>
    internal virtual IReadOnlyList<CompanionTable> Companions => [];

    /// <summary>Whether a row is of an entry of the log.</summary>
    internal bool HasEntry => Source is TableSource.Events or TableSource.TherapyEntries;

    /// <summary>Whether it is derived from the log, or from tables that are.</summary>
    internal bool IsDerived => Source != TableSource.Settings;

    /// <summary>Whether its rows are days, which are other ones in another zone.</summary>
    internal bool IsByDay => Source == TableSource.DomainTables;

    /// <summary>
    /// The statements that bring a stretch of one pump's log up to date. They take <c>$device</c>, <c>$first</c>,
    /// <c>$last</c> and, for the days of <c>changed_days</c>, <c>$zone</c>; beside the tables and
    /// <see cref="TableMacros"/> nothing else reaches them from outside.
    /// </summary>
    internal string Derivation =>
        _derivation.Value ?? throw new InvalidOperationException($"{Name} has no derivation.");

    /// <summary>What follows when entries were put on another time; null where nothing does.</summary>
    internal string? AfterMoving => _afterMoving.Value;

    /// <summary>
    /// What an entry of <see cref="EventCodes"/> is about, as SQL over <c>event_id</c> and <c>event_data</c>; null for
    /// nothing.
    /// </summary>
    internal string? Subject => _subject.Value;

    /// <summary>Changes when the rules change, those in shared macros included.</summary>
    internal string Fingerprint => _fingerprint.Value;

    /// <summary>Its tables: the domain table itself and its companions.</summary>
    internal IEnumerable<string> Tables => Companions.Select(companion => companion.Name).Prepend(Name);

    /// <summary>The time that nearly every table has.</summary>
    private protected static TimeColumn Timestamp { get; } = new("timestamp");

    private string? Script(string name) => SqlResource.Find($"{GetType().Namespace}.{name}.sql");
}

using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;

namespace TandemFetch.Engine.Integrity;

/// <summary>
/// A check: an SQL file that returns the key of every row that violates a rule, and states the rule in its first
/// comment. Those that apply to every domain table are generated from the tables' definitions.
/// </summary>
/// <param name="Name">The file's name.</param>
/// <param name="IsFault">Whether a finding is a fault, or only good to know.</param>
/// <param name="Sql">A query with a single column <c>key</c>.</param>
/// <param name="DerivedAgain">
/// The table that must be derived a second time before the query runs; null for none.
/// </param>
/// <param name="Proof">
/// A statement that takes less time and returns true only if the query finds nothing; null for none.
/// </param>
internal sealed record IntegrityQuestion(
    string Name, bool IsFault, string Sql, TableDefinition? DerivedAgain = null, string? Proof = null)
{
    private const string Folder = "TandemFetch.Engine.Integrity.";

    // Events that are the same as the newest raw entries violate none of these.
    private static readonly string[] OfEventsAndRaw = ["events_like_raw", "events_without_raw", "raw_without_event"];

    private static readonly Lazy<IReadOnlyList<IntegrityQuestion>> Embedded = new(Load);

    /// <summary>All checks: faults first, each group by name.</summary>
    public static IReadOnlyList<IntegrityQuestion> All => Embedded.Value;

    /// <summary>The rule.</summary>
    public string Description { get; } = string.Join(
        ' ', Sql.Split('\n').TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal)).Select(line => line.TrimStart('-').Trim()));

    private static List<IntegrityQuestion> Load() =>
    [
        .. Load("Faults.", isFault: true)
            .Concat(DomainTables.All.Prepend<TableDefinition>(DomainTables.TherapyEntries).Select(DerivedLike))
            .Concat(DomainChecks.All.Select(check => new IntegrityQuestion(check.Name, IsFault: true, check.Sql)))
            .OrderBy(question => question.Name, StringComparer.Ordinal),
        .. Load("Notes.", isFault: false),
    ];

    private static IntegrityQuestion DerivedLike(TableDefinition table) => new(
        $"derived_{SqlText.Unqualified(table.Name)}",
        IsFault: true,
        DomainChecks.Read("derived").Replace("{tables}", string.Join(" and ", table.Tables), StringComparison.Ordinal),
        table);

    private static IEnumerable<IntegrityQuestion> Load(string kind, bool isFault) =>
        typeof(IntegrityQuestion).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Folder + kind, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource => Read(resource, resource[(Folder.Length + kind.Length)..^".sql".Length], isFault));

    private static IntegrityQuestion Read(string resource, string name, bool isFault) => new(
        name,
        isFault,
        SqlResource.Read(resource),
        Proof: OfEventsAndRaw.Contains(name) ? SqlResource.Read(Folder + "Proofs.events_of_raw.sql") : null);
}

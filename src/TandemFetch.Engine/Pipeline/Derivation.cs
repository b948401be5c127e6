using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>The rules of one domain table: an SQL file of <c>Derivations</c> that brings a stretch of one pump's log up to date.</summary>
/// <param name="Table">The table.</param>
/// <param name="Sql">Its statements; they take <c>$device</c>, <c>$first</c> and <c>$last</c>.</param>
internal sealed record Derivation(string Table, string Sql)
{
    /// <summary>The table of rare entries, which is filled before all others and is the first of <see cref="All"/>.</summary>
    public const string TherapyEntries = "therapy_entries";

    private const string Folder = "TandemFetch.Engine.Pipeline.Derivations.";
    private static readonly Lazy<IReadOnlyList<Derivation>> Embedded = new(Load);

    /// <summary>All of them: first the entries that others join, last the days that all others add up to, else by table name.</summary>
    public static IReadOnlyList<Derivation> All => Embedded.Value;

    /// <summary>Whether the table is <see cref="TherapyEntries"/> or made of that alone, so that nothing changes where it does not.</summary>
    public bool IsOfTherapy => Table is not ("basal_deliveries" or "cgm_readings" or "daily_totals");

    /// <summary>Whether the table's rows are days and no places in the log.</summary>
    public bool IsByDay => Table == "daily_totals";

    /// <summary>Changes when the rules change.</summary>
    public string Fingerprint => RulesFingerprint.Of(Sql);

    private static List<Derivation> Load() =>
    [
        .. typeof(Derivation).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal))
            .Select(resource => new Derivation(resource[Folder.Length..^".sql".Length], SqlResource.Read(resource)))
            .OrderBy(derivation => derivation.Table switch { TherapyEntries => 0, "daily_totals" => 2, _ => 1 })
            .ThenBy(derivation => derivation.Table, StringComparer.Ordinal),
    ];
}

using System.Globalization;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Schema;

/// <summary>
/// The script that makes a domain table as this version has it, its companions included: <c>table.sql</c> of the
/// table's folder. A new file gets its domain tables from these. An existing file gets a table that it lacks from its
/// script too, when it comes to the schema version that the script's first line names; a later change of the table is a
/// migration, which adds a column only <c>IF NOT EXISTS</c>.
/// </summary>
/// <param name="Since">The schema version that the table came with.</param>
/// <param name="Sql">Its statements.</param>
internal sealed partial record TableScript(int Since, string Sql)
{
    private static readonly Lazy<IReadOnlyList<TableScript>> Embedded = new(Load);

    /// <summary>The scripts of all domain tables.</summary>
    public static IReadOnlyList<TableScript> All => Embedded.Value;

    /// <summary>The tables that it makes.</summary>
    public IReadOnlyList<string> Tables { get; } = [.. Table().Matches(Sql).Select(match => match.Groups[1].Value)];

    private static List<TableScript> Load() =>
    [
        .. typeof(TableScript).Assembly.GetManifestResourceNames()
            .Where(resource => FileName().IsMatch(resource))
            .Select(SqlResource.Read)
            .Select(sql => new TableScript(
                int.Parse(FirstLine().Match(sql).Groups[1].Value, CultureInfo.InvariantCulture), sql)),
    ];

    [GeneratedRegex(@"\.Tables\.\w+\.table\.sql$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\A-- Since schema version (\d+)\.")]
    private static partial Regex FirstLine();

    [GeneratedRegex(@"^CREATE TABLE ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Table();
}

using System.Globalization;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Schema;

/// <summary>
/// The script that creates a domain table and its companions as this version has them: <c>table.sql</c> in the table's
/// folder. A new file gets its domain tables from these scripts. An existing file that lacks a table gets it from the
/// script, too, when it reaches the schema version in the script's first line. A later change of the table is a
/// migration, which adds a column only <c>IF NOT EXISTS</c>.
/// </summary>
/// <param name="Since">The schema version in which the table was introduced.</param>
/// <param name="Sql">Its statements.</param>
internal sealed partial record TableScript(int Since, string Sql)
{
    private static readonly Lazy<IReadOnlyList<TableScript>> Embedded = new(Load);

    /// <summary>The scripts of all domain tables.</summary>
    public static IReadOnlyList<TableScript> All => Embedded.Value;

    /// <summary>The tables that it creates.</summary>
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

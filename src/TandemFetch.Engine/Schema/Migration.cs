using System.Globalization;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Schema;

/// <summary>
/// A step from an older schema to a newer one: an SQL file in <c>Migrations</c>, named by number and purpose, or the
/// script of a domain table that was introduced with that version.
/// </summary>
/// <param name="Version">The schema version after the step.</param>
/// <param name="Name">The file's name without number and extension.</param>
/// <param name="Sql">Its statements.</param>
internal sealed partial record Migration(int Version, string Name, string Sql)
{
    private static readonly Lazy<IReadOnlyList<Migration>> Embedded = new(Load);

    /// <summary>All steps, oldest first.</summary>
    public static IReadOnlyList<Migration> All => Embedded.Value;

    /// <summary>
    /// The schema version that this module writes: that of the last step. It is written down because every command
    /// compares it, and reading all steps would take longer than opening the file.
    /// </summary>
    public const int Newest = 18;

    private static List<Migration> Load()
    {
        var files = typeof(Migration).Assembly.GetManifestResourceNames()
            .Select(resource => (resource, match: FileName().Match(resource)))
            .Where(found => found.match.Success)
            .Select(found => new Migration(
                int.Parse(found.match.Groups[1].Value, CultureInfo.InvariantCulture),
                found.match.Groups[2].Value,
                SqlResource.Read(found.resource)))
            .ToList();
        var tables = TableScript.All
            .Where(script => files.TrueForAll(file => file.Version != script.Since))
            .Select(script => new Migration(script.Since, SqlText.Unqualified(script.Tables[0]), script.Sql));
        return [.. files.Concat(tables).OrderBy(migration => migration.Version)];
    }

    [GeneratedRegex(@"\.Schema\.Migrations\._?(\d{4})_(\w+)\.sql$")]
    private static partial Regex FileName();
}

using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// Where the parts of a lake are. Each table is a folder with one Parquet file for each pump. What belongs to the lake
/// itself is in <c>_lake</c>: Spark, Hive, Trino and others ignore names with an underscore at the beginning.
/// </summary>
/// <param name="Path">The full path of the lake.</param>
public sealed partial record LakeFolder(string Path)
{
    private const string Own = "_lake";
    private const string Extension = ".parquet";

    /// <summary>The folder with the manifests of the pumps.</summary>
    internal string Pumps => System.IO.Path.Join(Path, Own, "pumps");

    /// <summary>The folder with the empty file of each table, and its description.</summary>
    internal string Tables => System.IO.Path.Join(Path, Own, "tables");

    /// <summary>The folder in which files are written before they get their place.</summary>
    internal string Staging => System.IO.Path.Join(Path, Own, "staging");

    /// <summary>The folders of the lake.</summary>
    internal IEnumerable<string> Folders() =>
        [Path, System.IO.Path.Join(Path, Own), Pumps, Tables, Staging, .. TableNames().Select(FolderOf)];

    /// <summary>The description of the lake.</summary>
    internal string Description => System.IO.Path.Join(Path, Own, "lake.json");

    /// <summary>Whether a path is that of the folder with what belongs to the lake itself.</summary>
    internal bool IsOwn(string path) => path == System.IO.Path.Join(Path, Own);

    /// <summary>The name of a pump's files, without their extension.</summary>
    /// <param name="pump">The pump as the lake names it.</param>
    internal static string KeyOf(string pump) => PlainName().IsMatch(pump)
        ? pump
        : "x" + Hex.Of(SHA256.HashData(Encoding.UTF8.GetBytes(pump)))[..24];

    /// <summary>The manifest of a pump.</summary>
    internal string ManifestOf(string key) => System.IO.Path.Join(Pumps, key + ".json");

    /// <summary>The file that is locked while a pump is published.</summary>
    internal string LockOf(string key) => System.IO.Path.Join(Pumps, key + ".lock");

    /// <summary>The folder of a table.</summary>
    internal string FolderOf(string table) => System.IO.Path.Join(Path, table);

    /// <summary>The file with a pump's rows of a table.</summary>
    internal string FileOf(string table, string key) => System.IO.Path.Join(Path, table, key + Extension);

    /// <summary>A file without rows that has the columns of a table.</summary>
    internal string EmptyFileOf(string table) => System.IO.Path.Join(Tables, table + Extension);

    /// <summary>The description of a table.</summary>
    internal string DescriptionOf(string table) => System.IO.Path.Join(Tables, table + ".json");

    /// <summary>The keys of the pumps that have a manifest.</summary>
    internal IEnumerable<string> Keys() => Directory.Exists(Pumps)
        ? Directory.EnumerateFiles(Pumps, "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)
        : [];

    /// <summary>The names of the tables that the lake describes.</summary>
    internal IEnumerable<string> TableNames() => Directory.Exists(Tables)
        ? Directory.EnumerateFiles(Tables, "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file))
            .Where(name => TableName().IsMatch(name))
            .Order(StringComparer.Ordinal)
        : [];

    /// <summary>The description of the lake; null if the folder has none.</summary>
    /// <exception cref="TandemException">
    /// <see cref="LakeErrors.Invalid"/>, or <see cref="LakeErrors.Newer"/>: this version cannot read the lake.
    /// </exception>
    internal LakeDescription? Describe()
    {
        var description = LakeJson.Read<LakeDescription>(Description, "Publish the pumps into a new folder");
        return description is not { Format: > LakeDescription.CurrentFormat }
            ? description
            : throw new TandemException(
                LakeErrors.Newer,
                TandemErrorKind.InvalidData,
                $"The lake '{Path}' has the layout {description.Format}, but this module supports layouts up to "
                + $"{LakeDescription.CurrentFormat}. Update the module.",
                Path);
    }

    /// <summary>The description of a lake that must exist.</summary>
    /// <exception cref="TandemException">
    /// <see cref="LakeErrors.NotFound"/>, or one of those of <see cref="Describe"/>.
    /// </exception>
    internal LakeDescription Require() => Describe() ?? throw new TandemException(
        LakeErrors.NotFound,
        TandemErrorKind.NotFound,
        $"There is no lake in '{Path}'. Publish-TandemLake creates one.",
        Path);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{0,63}\z")]
    private static partial Regex PlainName();

    // A copy that a program for synchronization has left has another name.
    [GeneratedRegex(@"\A[a-z0-9_]+\z")]
    private static partial Regex TableName();
}

using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Help;

/// <summary>The help files that PowerShell looks for in a culture's folder.</summary>
internal static class HelpFolder
{
    private const string SchemaTopic = "about_TandemFetch_Schema";

    /// <summary>Writes the MAML of all commands, the topics, and the schema page for <c>docs/</c>.</summary>
    /// <param name="pages">Folder of the Markdown pages.</param>
    /// <param name="output">Where to write.</param>
    public static async Task WriteAsync(string pages, string output)
    {
        Directory.CreateDirectory(output);
        var shared = SharedText.Read(pages);
        var commands = Directory.EnumerateFiles(pages, "*-*.md").Order(StringComparer.Ordinal)
            .Select(path => CommandPage.Read(path, shared)).ToList();
        Maml.Document(commands).Save(Path.Join(output, "TandemFetch.dll-Help.xml"));

        var tables = await ReadTablesAsync().ConfigureAwait(false);
        foreach (var page in Directory.EnumerateFiles(pages, "about_*.md"))
        {
            var name = Path.GetFileNameWithoutExtension(page);
            var text = Topic.ToText(File.ReadAllText(page)) + (name == SchemaTopic ? SchemaText.AsText(tables) : "");
            File.WriteAllText(Path.Join(output, name + ".help.txt"), text);
        }

        File.WriteAllText(Path.Join(output, "schema.md"), SchemaText.AsMarkdown(tables));
    }

    private static async Task<IReadOnlyList<DatabaseTable>> ReadTablesAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tandemfetch-help-");
        try
        {
            var path = Path.Join(folder.FullName, "empty.db");
            using var database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Write, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
            return TableReader.Describe(database, all: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.Text;
using TandemFetch.Records;

namespace TandemFetch.Help;

/// <summary>Describes the tables and columns of the database, as text and as Markdown, from the comments in the schema.</summary>
internal static class SchemaText
{
    /// <summary>Returns the text for the end of the topic.</summary>
    public static string AsText(IReadOnlyList<DatabaseTable> tables)
    {
        var text = new StringBuilder();
        foreach (var table in tables)
        {
            text.Append("  ").Append(table.Table).Append('\n').Append(Described(table.Description, "    ")).Append('\n');
            foreach (var column in table.Columns)
            {
                text.Append("      ").Append(column.Name).Append("  ").Append(TypeOf(column)).Append('\n');
                text.Append(Described(column.Description, "          "));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Returns the text of <c>docs/schema.md</c>.</summary>
    public static string AsMarkdown(IReadOnlyList<DatabaseTable> tables)
    {
        var text = new StringBuilder(
            """
            # The tables

            <!-- Generated from the comments in the schema: dotnet build src/TandemFetch -t:UpdateSchemaPage -->

            Every table and column of the file, with its unit. `Get-TandemTable` shows the same for a file of your own, and
            [about_TandemFetch_Schema](en-US/about_TandemFetch_Schema.md) describes what all tables have in common.

            """.ReplaceLineEndings("\n"));
        foreach (var table in tables)
        {
            text.Append($"\n## {table.Table}\n\n{table.Description}\n\n| Column | Type | What it holds |\n|---|---|---|\n");
            foreach (var column in table.Columns)
            {
                text.Append($"| `{column.Name}` | `{TypeOf(column)}` | {Cell(column.Description)} |\n");
            }
        }

        return text.ToString();
    }

    private static string TypeOf(TableColumn column) => column.Type + (column.IsNullable ? "" : " NOT NULL");

    private static string Described(string? text, string indent) => text is null ? "" : Topic.Wrap(text, indent);

    private static string Cell(string? text) =>
        (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}

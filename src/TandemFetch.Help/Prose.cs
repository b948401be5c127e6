using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TandemFetch.Help;

/// <summary>Converts Markdown to plain text.</summary>
internal static class Prose
{
    /// <summary>The pipeline that parses the pages.</summary>
    public static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().Build();

    /// <summary>Returns one string per paragraph, list item and code block.</summary>
    public static IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks) => [.. blocks.SelectMany(Paragraphs)];

    /// <summary>Returns the text of a paragraph or heading without markup.</summary>
    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines?.Descendants() ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                AutolinkInline link => link.Url,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LineBreakInline => " ",
                _ => "",
            });
        }

        return text.ToString();
    }

    private static IEnumerable<string> Paragraphs(Block block) => block switch
    {
        ParagraphBlock paragraph => [Of(paragraph.Inline)],
        ListBlock list => list.Cast<ListItemBlock>().Select(item => "- " + string.Join(" ", item.SelectMany(Paragraphs))),
        FencedCodeBlock { Info: not "yaml" } code => [code.Lines.ToString()],
        _ => [],
    };
}

using Markdig.Syntax;

namespace TandemFetch.Help;

/// <summary>A heading and the blocks under it.</summary>
/// <param name="Title">The heading's text.</param>
/// <param name="Blocks">The blocks down to the next heading of the same level.</param>
internal sealed record PageSection(string Title, IReadOnlyList<Block> Blocks)
{
    /// <summary>The subsections of a section of a command page.</summary>
    public IReadOnlyList<PageSection> Parts => Split(Blocks, level: 3);

    /// <summary>The prose, one string per paragraph.</summary>
    public IReadOnlyList<string> Paragraphs => Prose.Paragraphs(Blocks.TakeWhile(block => block is not HeadingBlock));

    /// <summary>The code blocks, joined.</summary>
    public string Code => string.Join("\n\n", Codes(isData: false));

    /// <summary>The YAML blocks.</summary>
    public IEnumerable<string> Data => Codes(isData: true);

    /// <summary>Splits blocks at the headings of one level.</summary>
    public static IReadOnlyList<PageSection> Split(IEnumerable<Block> blocks, int level)
    {
        var sections = new List<(string Title, List<Block> Blocks)>();
        foreach (var block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
            {
                sections.Add((Prose.Of(heading.Inline), []));
            }
            else if (sections.Count > 0)
            {
                sections[^1].Blocks.Add(block);
            }
        }

        return [.. sections.Select(section => new PageSection(section.Title, section.Blocks))];
    }

    private IEnumerable<string> Codes(bool isData) =>
        Blocks.TakeWhile(block => block is not HeadingBlock).OfType<FencedCodeBlock>()
            .Where(block => (block.Info == "yaml") == isData)
            .Select(block => block.Lines.ToString());
}

using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TandemFetch.Help;

/// <summary>
/// The texts that several commands share, from <c>docs/en-US/parameters.md</c>. A paragraph that consists only of a link
/// to one of the page's headings stands for the text under that heading.
/// </summary>
internal sealed class SharedText
{
    /// <summary>Name of the page.</summary>
    public const string FileName = "parameters.md";

    private readonly Dictionary<string, IReadOnlyList<Block>> _sections;

    private SharedText(IEnumerable<PageSection> sections) =>
        _sections = sections.ToDictionary(section => AnchorOf(section.Title), section => section.Blocks, StringComparer.Ordinal);

    /// <summary>Reads the page.</summary>
    /// <param name="pages">Folder of the Markdown pages.</param>
    public static SharedText Read(string pages) =>
        new(PageSection.Split(Markdown.Parse(File.ReadAllText(Path.Join(pages, FileName)), Prose.Pipeline), level: 2));

    /// <summary>Replaces each paragraph that is only a link to the page by the text that it links to.</summary>
    /// <exception cref="InvalidDataException">The page has no such heading.</exception>
    public IReadOnlyList<Block> Expand(IEnumerable<Block> blocks) => [.. blocks.SelectMany(Expand)];

    private IReadOnlyList<Block> Expand(Block block)
    {
        if (block is not ParagraphBlock { Inline: { FirstChild: LinkInline { Url: { } url } link } } || link.NextSibling is not null)
        {
            return [block];
        }

        return url.Split('#') is not [FileName, var anchor] ? [block]
            : _sections.TryGetValue(anchor, out var text) ? Expand(text)
            : throw new InvalidDataException($"{FileName} has no heading with the anchor {anchor}.");
    }

    // GitHub derives the anchor of a heading in this way.
    private static string AnchorOf(string title) => title.ToLowerInvariant().Replace(' ', '-');
}

using System.Text.RegularExpressions;
using Markdig;

namespace TandemFetch.Help;

/// <summary>The help of one command, from its Markdown page in platyPS form.</summary>
/// <param name="Name">The command.</param>
/// <param name="Sections">The sections under the headings of the second level, by title.</param>
/// <param name="Shared">The texts that several commands share.</param>
internal sealed partial record CommandPage(string Name, IReadOnlyDictionary<string, PageSection> Sections, SharedText Shared)
{
    /// <summary>Reads a page.</summary>
    /// <param name="path">The Markdown file.</param>
    /// <param name="shared">The texts that the page links to.</param>
    public static CommandPage Read(string path, SharedText shared)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var document = Markdown.Parse(File.ReadAllText(path), Prose.Pipeline);
        return new CommandPage(name, PageSection.Split(document, level: 2).ToDictionary(section => section.Title), shared);
    }

    /// <summary>A section that every page has.</summary>
    /// <exception cref="InvalidDataException">The section is missing.</exception>
    public PageSection this[string title] => Sections.TryGetValue(title, out var section)
        ? section
        : throw new InvalidDataException($"The page of {Name} has no section {title}.");

    /// <summary>The parameters in alphabetical order, one entry per YAML block, because parameter sets may differ.</summary>
    public IEnumerable<ParameterHelp> Parameters => this["PARAMETERS"].Parts
        .Where(part => part.Title.StartsWith('-'))
        .SelectMany(part => ParameterHelp.Read(part with { Blocks = Shared.Expand(part.Blocks) }));

    /// <summary>The parameter sets with the names of their parameters, in order.</summary>
    public IEnumerable<(string Set, IReadOnlyList<string> Parameters)> Syntaxes => this["SYNTAX"].Parts
        .Select(part => (part.Title.Replace(" (Default)", "", StringComparison.Ordinal), NamesIn(part.Code)))
        .DefaultIfEmpty(("(All)", NamesIn(this["SYNTAX"].Code)));

    private static IReadOnlyList<string> NamesIn(string syntax) => [.. ParameterName().Matches(syntax).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"(?<=[\s\[])-(\w+)")]
    private static partial Regex ParameterName();
}

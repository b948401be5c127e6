using System.Text.RegularExpressions;
using Markdig;

namespace TandemFetch.Help;

/// <summary>The help of one command, as its Markdown page in platyPS form has it.</summary>
/// <param name="Name">The command.</param>
/// <param name="Sections">What stands under each heading of the second level.</param>
internal sealed partial record CommandPage(string Name, IReadOnlyDictionary<string, PageSection> Sections)
{
    /// <summary>Reads a page.</summary>
    /// <param name="path">The Markdown file.</param>
    /// <exception cref="InvalidDataException">A section is missing.</exception>
    public static CommandPage Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var document = Markdown.Parse(File.ReadAllText(path), Prose.Pipeline);
        return new CommandPage(name, PageSection.Split(document, level: 2).ToDictionary(section => section.Title));
    }

    /// <summary>A section that every page has.</summary>
    public PageSection this[string title] => Sections.TryGetValue(title, out var section)
        ? section
        : throw new InvalidDataException($"The page of {Name} has no section {title}.");

    /// <summary>The parameters in alphabetical order, one for each way in which the parameter sets take them.</summary>
    public IEnumerable<ParameterHelp> Parameters =>
        this["PARAMETERS"].Parts.Where(part => part.Title.StartsWith('-')).SelectMany(ParameterHelp.Read);

    /// <summary>The parameter sets: for each, the names of its parameters in their order.</summary>
    public IEnumerable<(string Set, IReadOnlyList<string> Parameters)> Syntaxes => this["SYNTAX"].Parts
        .Select(part => (part.Title.Replace(" (Default)", "", StringComparison.Ordinal), NamesIn(part.Code)))
        .DefaultIfEmpty(("(All)", NamesIn(this["SYNTAX"].Code)));

    private static IReadOnlyList<string> NamesIn(string syntax) => [.. ParameterName().Matches(syntax).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"(?<=[\s\[])-(\w+)")]
    private static partial Regex ParameterName();
}

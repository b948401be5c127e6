using System.Xml.Linq;

namespace TandemFetch.Help;

/// <summary>Pages as MAML, the XML that <c>Get-Help</c> reads for commands written in C#.</summary>
internal static class Maml
{
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help file of a module's assembly.</summary>
    public static XDocument Document(IEnumerable<CommandPage> pages) =>
        new(new XElement(Items + "helpItems", new XAttribute("schema", "maml"), pages.Select(OfCommand)));

    private static XElement OfCommand(CommandPage page)
    {
        var parts = page.Name.Split('-');
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Text),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                new XElement(Command + "verb", parts[0]),
                new XElement(Command + "noun", parts[1]),
                Description(page["SYNOPSIS"].Paragraphs)),
            Description([.. page["DESCRIPTION"].Paragraphs, SeeAlso(page["RELATED LINKS"].Paragraphs)]),
            new XElement(Command + "syntax", page.Syntaxes.Select(syntax => Syntax(page, syntax.Set, syntax.Parameters))),
            new XElement(Command + "parameters", page.Parameters.DistinctBy(parameter => parameter.Name).Select(parameter => Parameter(parameter, isSyntax: false))),
            new XElement(Command + "inputTypes", page["INPUTS"].Parts.Select(part => Typed("inputType", part))),
            new XElement(Command + "returnValues", page["OUTPUTS"].Parts.Select(part => Typed("returnValue", part))),
            new XElement(Text + "alertSet", new XElement(Text + "alert", Paragraphs(page["NOTES"].Paragraphs))),
            new XElement(Command + "examples", page["EXAMPLES"].Parts.Select(Example)));
    }

    private static XElement Syntax(CommandPage page, string set, IReadOnlyList<string> names) =>
        new(
            Command + "syntaxItem",
            new XElement(Text + "name", page.Name),
            names.Select(name => page.Parameters.First(parameter => parameter.Name == name && parameter.IsIn(set)))
                .Select(parameter => Parameter(parameter, isSyntax: true)));

    private static XElement Parameter(ParameterHelp parameter, bool isSyntax) =>
        new(
            Command + "parameter",
            new XAttribute("required", parameter.Facts["Required"].ToLowerInvariant()),
            new XAttribute("variableLength", parameter.Type.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"),
            new XAttribute("globbing", parameter.Facts["Accept wildcard characters"].ToLowerInvariant()),
            new XAttribute("pipelineInput", parameter.Facts["Accept pipeline input"]),
            new XAttribute("position", parameter.Facts["Position"].ToLowerInvariant()),
            new XAttribute("aliases", parameter.Facts["Aliases"] is { Length: > 0 } aliases ? aliases : "none"),
            new XElement(Text + "name", parameter.Name),
            Description(parameter.Description),
            isSyntax && parameter.Values.Count > 0 ? new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => Value(value, isRequired: false))) : null,
            isSyntax && parameter.IsSwitch ? null : Value(parameter.Type, isRequired: !parameter.IsSwitch),
            new XElement(Dev + "type", new XElement(Text + "name", parameter.Type), new XElement(Text + "uri")),
            new XElement(Dev + "defaultValue", parameter.Facts["Default value"]));

    private static XElement Value(string text, bool isRequired) =>
        new(Command + "parameterValue", new XAttribute("required", isRequired ? "true" : "false"), new XAttribute("variableLength", "false"), text);

    private static XElement Typed(string element, PageSection part) =>
        new(Command + element, new XElement(Dev + "type", new XElement(Text + "name", part.Title)), Description(part.Paragraphs));

    private static XElement Example(PageSection part) =>
        new(
            Command + "example",
            new XElement(Text + "title", $"---------- {part.Title} ----------"),
            new XElement(Dev + "code", part.Code),
            // The empty paragraph keeps the next example's title apart.
            new XElement(Dev + "remarks", Paragraphs([.. Prose.Paragraphs(part.Blocks.Where(block => block is not Markdig.Syntax.FencedCodeBlock)), ""])));

    // Get-Help shows related links with a hint at -Online, which needs an address that the project does not have.
    private static string SeeAlso(IEnumerable<string> links) =>
        $"See also: {string.Join(", ", links.Select(link => link.StartsWith("- ", StringComparison.Ordinal) ? link[2..] : link))}.";

    private static XElement Description(IEnumerable<string> paragraphs) => new(Text + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) =>
        paragraphs.Select(paragraph => new XElement(Text + "para", paragraph));
}

using System.Text.RegularExpressions;

namespace TandemFetch.Module.Tests.Support;

/// <summary>
/// The Markdown page of a command in <c>docs/en-US</c>, read independently of the tool that builds the module's help.
/// </summary>
internal sealed partial class HelpPage(string command)
{
    /// <summary>The documentation folder.</summary>
    public static readonly string Docs = Path.Join(Repository.Folder, "docs");

    private readonly string _text = ReadPage(command);

    /// <summary>The commands that have a page.</summary>
    public static IEnumerable<string> Commands =>
        Directory.EnumerateFiles(Path.Join(Docs, "en-US"), "*-*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    /// <summary>The PowerShell blocks of the README.</summary>
    public static IEnumerable<string> OfReadme =>
        Fences("```powershell\n", File.ReadAllText(Path.Join(Docs, "..", "README.md")).ReplaceLineEndings("\n"));

    /// <summary>The syntax of each parameter set on one line, as <c>Get-Command -Syntax</c> shows it.</summary>
    public IEnumerable<string> Syntaxes => Fences("(?<=\n\n)```\n", Section("SYNTAX")).Select(code => code.Replace("\n", "", StringComparison.Ordinal));

    /// <summary>The examples that are meant to run.</summary>
    public IEnumerable<(string Title, string Code)> Examples =>
        Example().Matches(Section("EXAMPLES")).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>The facts of each YAML block, by parameter name.</summary>
    public ILookup<string, IReadOnlyDictionary<string, string>> Parameters => Parameter().Matches(Section("PARAMETERS"))
        .SelectMany(match => Fences("```yaml\n", match.Groups[2].Value).Select(facts => (Name: match.Groups[1].Value, Facts: Facts(facts))))
        .ToLookup(parameter => parameter.Name, parameter => parameter.Facts);

    /// <summary>The texts of the parameters, paragraph by paragraph: what is written above the YAML.</summary>
    public IEnumerable<(string Parameter, string Text)> ParameterTexts => Parameter().Matches(Section("PARAMETERS"))
        .SelectMany(match => ParagraphsOf(match.Groups[2].Value.Split("\n```yaml")[0]).Select(text => (match.Groups[1].Value, text)));

    /// <summary>The texts that commands share, paragraph by paragraph, under the anchor of their heading.</summary>
    public static ILookup<string, string> SharedTexts => SharedSection().Matches(ReadPage("parameters"))
        .SelectMany(match => ParagraphsOf(match.Groups[2].Value).Select(text => (Anchor: AnchorOf(match.Groups[1].Value), Text: text)))
        .ToLookup(section => section.Anchor, section => section.Text);

    /// <summary>The types under OUTPUTS.</summary>
    public IEnumerable<string> Outputs => Heading().Matches(Section("OUTPUTS")).Select(match => match.Groups[1].Value);

    /// <summary>
    /// The anchor that a paragraph links to, if it is only a link to a shared text; otherwise null.
    /// </summary>
    public static string? SharedAnchor(string paragraph) =>
        SharedLink().Match(paragraph) is { Success: true } link ? link.Groups[1].Value : null;

    private static string ReadPage(string name) => File.ReadAllText(Path.Join(Docs, "en-US", name + ".md")).ReplaceLineEndings("\n");

    private static IEnumerable<string> ParagraphsOf(string text) =>
        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string AnchorOf(string heading) => heading.ToLowerInvariant().Replace(' ', '-');

    private static IEnumerable<string> Fences(string opening, string text) =>
        Regex.Matches(text, $"^{opening}(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value);

    private static IReadOnlyDictionary<string, string> Facts(string block) =>
        block.Split('\n').Where(line => line.Length > 0).Select(line => line.Split(':', 2)).ToDictionary(fact => fact[0], fact => fact[1].Trim());

    private string Section(string title)
    {
        var start = _text.IndexOf($"\n## {title}\n", StringComparison.Ordinal) + 1;
        Assert.True(start > 0, $"The page of {command} has no section {title}.");
        var end = _text.IndexOf("\n## ", start, StringComparison.Ordinal);
        return end < 0 ? _text[start..] : _text[start..end];
    }

    [GeneratedRegex(@"^### (Example \d+: [^\n]+)\n\n```powershell\n(.*?)\n```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^### -(\w+)\n(.*?)(?=^### |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^## ([^\n]+)\n(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex SharedSection();

    [GeneratedRegex(@"^\[[^\]]+\]\(parameters\.md#([^)]+)\)$")]
    private static partial Regex SharedLink();

    [GeneratedRegex(@"^### (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}

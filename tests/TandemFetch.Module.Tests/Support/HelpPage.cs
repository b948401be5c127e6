using System.Text.RegularExpressions;

namespace TandemFetch.Module.Tests.Support;

/// <summary>The Markdown page of a command in <c>docs/en-US</c>, read without the tool that makes the module's help of it.</summary>
internal sealed partial class HelpPage(string command)
{
    /// <summary>The folder of what is written for people.</summary>
    public static readonly string Docs = Path.Join(Repository.Folder, "docs");

    private readonly string _text = File.ReadAllText(Path.Join(Docs, "en-US", command + ".md")).ReplaceLineEndings("\n");

    /// <summary>The commands that have a page.</summary>
    public static IEnumerable<string> Commands =>
        Directory.EnumerateFiles(Path.Join(Docs, "en-US"), "*-*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    /// <summary>What the README has to type at a prompt, block by block.</summary>
    public static IEnumerable<string> OfReadme =>
        Fences("```powershell\n", File.ReadAllText(Path.Join(Docs, "..", "README.md")).ReplaceLineEndings("\n"));

    /// <summary>The syntax of each parameter set on one line, as <c>Get-Command -Syntax</c> has it.</summary>
    public IEnumerable<string> Syntaxes => Fences("(?<=\n\n)```\n", Section("SYNTAX")).Select(code => code.Replace("\n", "", StringComparison.Ordinal));

    /// <summary>The examples that are meant to run.</summary>
    public IEnumerable<(string Title, string Code)> Examples =>
        Example().Matches(Section("EXAMPLES")).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>The parameters: the facts of each block of YAML, under the parameter's name.</summary>
    public ILookup<string, IReadOnlyDictionary<string, string>> Parameters => Parameter().Matches(Section("PARAMETERS"))
        .SelectMany(match => Fences("```yaml\n", match.Groups[2].Value).Select(facts => (Name: match.Groups[1].Value, Facts: Facts(facts))))
        .ToLookup(parameter => parameter.Name, parameter => parameter.Facts);

    /// <summary>The types under OUTPUTS.</summary>
    public IEnumerable<string> Outputs => Heading().Matches(Section("OUTPUTS")).Select(match => match.Groups[1].Value);

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

    [GeneratedRegex(@"^### (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}

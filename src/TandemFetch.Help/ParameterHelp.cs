namespace TandemFetch.Help;

/// <summary>The help of a parameter in one or several parameter sets.</summary>
/// <param name="Name">The name without the dash.</param>
/// <param name="Description">The description, one string per paragraph.</param>
/// <param name="Facts">The facts in the YAML block.</param>
internal sealed record ParameterHelp(string Name, IReadOnlyList<string> Description, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>Its type, such as <c>String[]</c>.</summary>
    public string Type => Facts["Type"];

    /// <summary>Whether the parameter is a switch, which takes no value.</summary>
    public bool IsSwitch => Type == "SwitchParameter";

    /// <summary>The values of an enumeration; empty for other types.</summary>
    public IReadOnlyList<string> Values => Facts.TryGetValue("Accepted values", out var values) ? values.Split(", ") : [];

    /// <summary>Whether these facts apply to a parameter set.</summary>
    public bool IsIn(string set) => set == "(All)" || Facts["Parameter Sets"] == "(All)" || Facts["Parameter Sets"].Split(", ").Contains(set);

    /// <summary>Reads the section of a page about one parameter.</summary>
    public static IEnumerable<ParameterHelp> Read(PageSection part) =>
        part.Data.Select(data => new ParameterHelp(part.Title[1..], part.Paragraphs, ReadFacts(data)));

    private static Dictionary<string, string> ReadFacts(string data) =>
        data.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(fact => fact[0], fact => fact[1]);
}

namespace TandemFetch.Help;

/// <summary>A parameter as one or several parameter sets take it.</summary>
/// <param name="Name">Without the dash.</param>
/// <param name="Description">A string per paragraph.</param>
/// <param name="Facts">The block of YAML under it.</param>
internal sealed record ParameterHelp(string Name, IReadOnlyList<string> Description, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>Its type, such as <c>String[]</c>.</summary>
    public string Type => Facts["Type"];

    /// <summary>Whether it takes no value.</summary>
    public bool IsSwitch => Type == "SwitchParameter";

    /// <summary>The values of an enumeration; empty for other types.</summary>
    public IReadOnlyList<string> Values => Facts.TryGetValue("Accepted values", out var values) ? values.Split(", ") : [];

    /// <summary>Whether a parameter set has it in this way.</summary>
    public bool IsIn(string set) => set == "(All)" || Facts["Parameter Sets"] == "(All)" || Facts["Parameter Sets"].Split(", ").Contains(set);

    /// <summary>Reads the part of a page that is about one parameter.</summary>
    public static IEnumerable<ParameterHelp> Read(PageSection part) =>
        part.Data.Select(data => new ParameterHelp(part.Title[1..], part.Paragraphs, ReadFacts(data)));

    private static Dictionary<string, string> ReadFacts(string data) =>
        data.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(fact => fact[0], fact => fact[1]);
}

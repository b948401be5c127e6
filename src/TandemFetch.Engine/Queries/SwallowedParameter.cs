using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// A parameter that PowerShell replaced before we got the text: in double quotes, <c>$limit</c> becomes the value of a
/// variable, usually nothing.
/// </summary>
internal static partial class SwallowedParameter
{
    /// <summary>What to do about it.</summary>
    public const string Advice =
        "In double quotes, PowerShell expands $name itself, so write the query in single quotes.";

    /// <summary>
    /// The advice on lines of its own if a text that DuckDB cannot parse looks as if a parameter had been removed from
    /// it; otherwise empty.
    /// </summary>
    public static string Hint(QueryRequest request, string error)
    {
        var isBroken = error.StartsWith("Parser Error", StringComparison.Ordinal) && !request.IsFromFile;
        var lacksParameters = request.Parameters.Count > 0 && request.Text.IndexOfAny(['$', '?']) < 0;
        return isBroken && (lacksParameters || Gap().IsMatch(request.Text))
            ? $"\n\nDid the text have a parameter there? {Advice}"
            : "";
    }

    // An operator, and then nothing to which it could apply.
    [GeneratedRegex(
        @"(?:[=<>+/%-]|(?<![$.])\b(?:AND|OR|NOT|LIKE|ILIKE|BETWEEN|LIMIT|OFFSET|WHEN|INTERVAL|(?:IN|ANY|ALL)\s*\())\s*"
        + @"(?:\z|[;),]|\b(?:AND|OR|GROUP|ORDER|LIMIT|OFFSET|THEN|ELSE|END|HAVING|QUALIFY|WHERE|UNION)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Gap();
}

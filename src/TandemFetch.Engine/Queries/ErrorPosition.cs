using System.Globalization;
using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// The place that a message of DuckDB points at, in words. Its caret below the line is worth more, but PowerShell's
/// concise view puts the lines of a message behind one another.
/// </summary>
internal static partial class ErrorPosition
{
    /// <summary>Such as <c> at line 2, column 6</c>; empty where the message points at nothing.</summary>
    public static string Of(string error)
    {
        if (Pointed().Match(error) is not { Success: true } place)
        {
            return "";
        }

        // Of a long line DuckDB shows a part, whose columns are not the line's.
        var line = place.Groups["line"].Value;
        var column = place.Groups["caret"].Length - place.Groups["head"].Length + 1;
        return place.Groups["text"].Value.StartsWith("...", StringComparison.Ordinal)
            ? $" at line {line}"
            : string.Create(CultureInfo.InvariantCulture, $" at line {line}, column {column}");
    }

    [GeneratedRegex(@"^(?<head>LINE (?<line>\d+): )(?<text>.*)\n(?<caret> *)\^", RegexOptions.Multiline)]
    private static partial Regex Pointed();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// The position to which a DuckDB message points, in words. The caret below the line is more useful, but PowerShell's
/// concise view joins the lines of a message.
/// </summary>
internal static partial class ErrorPosition
{
    /// <summary>A text such as <c> at line 2, column 6</c>; empty if the message points nowhere.</summary>
    public static string Of(string error)
    {
        if (Pointed().Match(error) is not { Success: true } place)
        {
            return "";
        }

        // DuckDB shows only part of a long line, whose columns are not those of the line.
        var line = place.Groups["line"].Value;
        var column = place.Groups["caret"].Length - place.Groups["head"].Length + 1;
        return place.Groups["text"].Value.StartsWith("...", StringComparison.Ordinal)
            ? $" at line {line}"
            : string.Create(CultureInfo.InvariantCulture, $" at line {line}, column {column}");
    }

    [GeneratedRegex(@"^(?<head>LINE (?<line>\d+): )(?<text>.*)\n(?<caret> *)\^", RegexOptions.Multiline)]
    private static partial Regex Pointed();
}

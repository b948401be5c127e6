using System.Globalization;
using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Export;

/// <summary>
/// Text as a cell of a workbook holds it. What XML cannot hold is written as <c>_x0001_</c>, which spreadsheets show as
/// the character itself.
/// </summary>
internal static partial class ExcelText
{
    /// <summary>The most characters that a cell can hold.</summary>
    public const int Longest = 32_767;

    /// <summary>The content of a cell.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isCut">Whether it is longer than a cell, and ends with a remark that says so.</param>
    public static string Of(string text, out bool isCut)
    {
        isCut = text.Length > Longest;
        text = isCut ? Cut(text) : text;
        return Special().IsMatch(text) ? Special().Replace(text, match => Escape(match.Value)) : text;
    }

    private static string Cut(string text)
    {
        var remark = string.Create(CultureInfo.InvariantCulture, $" … [cut off: {text.Length:N0} characters]");
        var length = Longest - remark.Length;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + remark;
    }

    // The text that looks like such an escape keeps its underscore as one.
    private static string Escape(string found) => found.Length > 1
        ? "_x005F_" + found[1..]
        : string.Create(CultureInfo.InvariantCulture, $"_x{(int)found[0]:X4}_");

    // Readers of XML drop blanks at the ends, and turn a carriage return into a line feed.
    [GeneratedRegex(@"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0B-\x1F\uFFFE\uFFFF]|\A[ \t\n]|[ \t\n]\z")]
    private static partial Regex Special();
}

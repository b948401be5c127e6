using System.Text;

namespace TandemFetch.Engine.Report;

/// <summary>A line for a terminal: neighbors of one color share their escape sequences; blanks at the end are left out.
/// </summary>
/// <param name="isColored">Whether there are escape sequences at all.</param>
internal sealed class PromptLine(bool isColored)
{
    private const char Escape = '\u001b';

    private readonly List<(string Text, string? Color)> _runs = [];

    /// <summary>Adds text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="color">The number of its color in an escape sequence; null for that of the terminal.</param>
    public void Append(string text, string? color)
    {
        var shown = isColored ? color : null;
        if (_runs is [.., var last] && last.Color == shown)
        {
            _runs[^1] = (last.Text + text, shown);
        }
        else if (text.Length > 0)
        {
            _runs.Add((text, shown));
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var line = new StringBuilder();
        foreach (var (text, color) in _runs)
        {
            line.Append(color is null ? text : $"{Escape}[{color}m{text}{Escape}[0m");
        }

        return line.ToString().TrimEnd(' ');
    }
}

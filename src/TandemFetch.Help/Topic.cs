using System.Text;
using Markdig;
using Markdig.Syntax;

namespace TandemFetch.Help;

/// <summary>An <c>about_</c> page as the text that <c>Get-Help</c> shows, 80 columns wide.</summary>
internal static class Topic
{
    private const int Width = 80;
    private const string Margin = "    ";

    /// <summary>The text of a page. Its first heading names the topic; PowerShell takes the fifth line for the synopsis.</summary>
    /// <param name="markdown">The page.</param>
    public static string ToText(string markdown)
    {
        var text = new StringBuilder();
        foreach (var block in Markdown.Parse(markdown, Prose.Pipeline))
        {
            Append(text, block);
        }

        return text.ToString();
    }

    /// <summary>Breaks a paragraph into lines.</summary>
    /// <param name="text">The paragraph.</param>
    /// <param name="indent">What every line begins with.</param>
    public static string Wrap(string text, string indent)
    {
        var lines = new StringBuilder();
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && indent.Length + line.Length + 1 + word.Length > Width)
            {
                lines.Append(indent).Append(line).Append('\n');
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        return lines.Append(indent).Append(line).Append('\n').ToString();
    }

    private static void Append(StringBuilder text, Block block)
    {
        switch (block)
        {
            case HeadingBlock { Level: 1 } title:
                text.Append("TOPIC\n").Append(Margin).Append(Prose.Of(title.Inline)).Append("\n\n");
                break;
            case HeadingBlock { Level: 2 } heading:
                text.Append(Prose.Of(heading.Inline).ToUpperInvariant()).Append('\n');
                break;
            case HeadingBlock heading:
                text.Append("  ").Append(Prose.Of(heading.Inline)).Append('\n');
                break;
            case ParagraphBlock paragraph:
                text.Append(Wrap(Prose.Of(paragraph.Inline), Margin)).Append('\n');
                break;
            case ListBlock list:
                foreach (var item in Prose.Paragraphs([list]))
                {
                    text.Append(Margin).Append("- ").Append(Wrap(item[2..], Margin + "  ").TrimStart());
                }

                text.Append('\n');
                break;
            case FencedCodeBlock code:
                foreach (var line in code.Lines.ToString().Split('\n'))
                {
                    text.Append((Margin + Margin + line).TrimEnd()).Append('\n');
                }

                text.Append('\n');
                break;
        }
    }
}

using System.Text;

namespace TandemFetch.Engine.Report;

/// <summary>The text of a path, without a string for each of its coordinates: reports of years have millions.</summary>
internal sealed class PathText
{
    private readonly StringBuilder _text = new();

    /// <summary>Whether it has no text yet.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Appends a command, or what separates coordinates.</summary>
    /// <param name="letter">The character.</param>
    public PathText Add(char letter)
    {
        _text.Append(letter);
        return this;
    }

    /// <summary>Appends a coordinate.</summary>
    /// <param name="value">The coordinate.</param>
    public PathText Add(double value)
    {
        Span<char> text = stackalloc char[Markup.LongestCoordinate];
        _text.Append(text[..Markup.WriteCoordinate(value, text)]);
        return this;
    }

    /// <summary>Appends a point.</summary>
    /// <param name="x">Its place from left to right.</param>
    /// <param name="y">Its place from top to bottom.</param>
    public PathText Add(double x, double y) => Add(x).Add(',').Add(y);

    /// <summary>The text.</summary>
    public override string ToString() => _text.ToString();
}

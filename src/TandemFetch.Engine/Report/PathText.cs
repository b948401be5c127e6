namespace TandemFetch.Engine.Report;

/// <summary>The text of a path, without a string for each of its coordinates: reports of years have millions.</summary>
internal sealed class PathText
{
    private char[] _text = new char[4096];
    private int _length;

    /// <summary>Whether it has no text yet.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Appends a command, or what separates coordinates.</summary>
    /// <param name="letter">The character.</param>
    public PathText Add(char letter)
    {
        Reserve(1);
        _text[_length++] = letter;
        return this;
    }

    /// <summary>Appends a coordinate.</summary>
    /// <param name="value">The coordinate.</param>
    public PathText Add(double value)
    {
        Reserve(Markup.LongestCoordinate);
        _length += Markup.WriteCoordinate(value, _text.AsSpan(_length));
        return this;
    }

    /// <summary>Appends a point.</summary>
    /// <param name="x">Its place from left to right.</param>
    /// <param name="y">Its place from top to bottom.</param>
    public PathText Add(double x, double y) => Add(x).Add(',').Add(y);

    /// <summary>The text.</summary>
    public override string ToString() => new(_text, 0, _length);

    private void Reserve(int length)
    {
        if (_length + length > _text.Length)
        {
            Array.Resize(ref _text, 2 * _text.Length);
        }
    }
}

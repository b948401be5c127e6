using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TandemFetch.Engine.Report;

/// <summary>
/// Elements of HTML and SVG. All text goes through the XML writer, which encodes it: nothing that a log or a title
/// contains can become markup.
/// </summary>
internal static class Markup
{
    /// <summary>How many characters a coordinate has at most.</summary>
    public const int LongestCoordinate = 24;

    // Elements of HTML without content, and shapes of SVG: only these may close themselves.
    private static readonly HashSet<string> SelfClosing =
        ["meta", "br", "hr", "path", "rect", "line", "circle", "polyline", "polygon"];

    // Nearly all text consists of these; what does not is looked at rune by rune.
    private static readonly SearchValues<char> SurelyLegal =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code), '\n', '\t']);

    /// <summary>An element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Attributes, elements and text.</param>
    public static XElement Element(string name, params object?[] content) => new(name, content);

    /// <summary>An element with a class.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="classes">Its classes.</param>
    /// <param name="content">Attributes, elements and text.</param>
    public static XElement Styled(string name, string classes, params object?[] content) =>
        new(name, Attribute("class", classes), content);

    /// <summary>An attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static XAttribute Attribute(string name, string value) => new(name, value);

    /// <summary>A coordinate as SVG writes it, in every culture alike.</summary>
    /// <param name="value">The coordinate.</param>
    public static string Coordinate(double value)
    {
        Span<char> text = stackalloc char[LongestCoordinate];
        return new string(text[..WriteCoordinate(value, text)]);
    }

    /// <summary>Writes a coordinate and returns the number of its characters.</summary>
    /// <param name="value">The coordinate.</param>
    /// <param name="target">Where to write it; as long as the longest one.</param>
    public static int WriteCoordinate(double value, Span<char> target)
    {
        // Reports of years have millions of coordinates, and the format 0.## of a double takes many times as long.
        var hundredths = (long)Math.Round(value * 100);
        var length = 0;
        if (hundredths < 0)
        {
            target[length++] = '-';
        }

        var (whole, part) = Math.DivRem(Math.Abs(hundredths), 100);
        whole.TryFormat(target[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        if (part > 0)
        {
            target[length++] = '.';
            target[length++] = (char)('0' + (part / 10));
        }

        if (part % 10 > 0)
        {
            target[length++] = (char)('0' + (part % 10));
        }

        return length;
    }

    /// <summary>An attribute that is a coordinate.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static XAttribute At(string name, double value) => new(name, Coordinate(value));

    /// <summary>A picture with a name and a description for those who do not see it.</summary>
    /// <param name="classes">Its classes.</param>
    /// <param name="size">Its width and height.</param>
    /// <param name="title">Its name.</param>
    /// <param name="description">What it shows, in words.</param>
    /// <param name="shapes">What is drawn.</param>
    public static XElement Picture(
        string classes, (int Width, int Height) size, string title, string description, params object?[] shapes) =>
        Styled(
            "svg",
            classes,
            Attribute("viewBox", $"0 0 {size.Width} {size.Height}"),
            Attribute("role", "img"),
            Attribute("aria-label", title),
            Element("title", title),
            Element("desc", description),
            shapes);

    /// <summary>A text in a picture.</summary>
    /// <param name="x">Its place.</param>
    /// <param name="y">Its baseline.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="text">The text.</param>
    public static XElement Label(double x, double y, string anchor, string text) =>
        Element("text", At("x", x), At("y", y), Attribute("text-anchor", anchor), text);

    /// <summary>A rectangle.</summary>
    /// <param name="classes">Its classes.</param>
    /// <param name="x">Its left edge.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    public static XElement Rectangle(string classes, double x, double y, double width, double height) => Styled(
        "rect", classes, At("x", x), At("y", y), At("width", width), At("height", height));

    /// <summary>A line.</summary>
    /// <param name="classes">Its classes.</param>
    /// <param name="x1">Where it begins.</param>
    /// <param name="y1">Where it begins.</param>
    /// <param name="x2">Where it ends.</param>
    /// <param name="y2">Where it ends.</param>
    public static XElement Line(string classes, double x1, double y1, double x2, double y2) => Styled(
        "line", classes, At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    /// <summary>A row of a table.</summary>
    /// <param name="heading">Its heading.</param>
    /// <param name="cells">Its cells.</param>
    public static XElement Row(string heading, params IEnumerable<string> cells) => Element(
        "tr", Element("th", Attribute("scope", "row"), heading), cells.Select(cell => Element("td", cell)));

    /// <summary>A table with a caption.</summary>
    /// <param name="caption">What it is of.</param>
    /// <param name="columns">The headings of its columns.</param>
    /// <param name="rows">Its rows.</param>
    public static XElement Table(string caption, IEnumerable<string> columns, IEnumerable<XElement> rows) => Element(
        "table",
        Element("caption", caption),
        Element("thead", Element(
            "tr", columns.Select(column => Element("th", Attribute("scope", "col"), column)))),
        Element("tbody", rows));

    /// <summary>Starts a document in UTF-8.</summary>
    /// <param name="stream">Where to write it; it stays open.</param>
    public static XmlWriter Start(Stream stream) => XmlWriter.Create(stream, new XmlWriterSettings
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        Indent = true,
        IndentChars = " ",
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Replace,
    });

    /// <summary>Writes an element.</summary>
    /// <param name="writer">The document.</param>
    /// <param name="element">The element, which is made fit for HTML.</param>
    public static void Write(XmlWriter writer, XElement element)
    {
        MakeFit(element);
        element.WriteTo(writer);
    }

    private static void MakeFit(XElement element)
    {
        for (var attribute = element.FirstAttribute; attribute is not null; attribute = attribute.NextAttribute)
        {
            if (!IsLegal(attribute.Value))
            {
                attribute.Value = Legal(attribute.Value);
            }
        }

        if (element.IsEmpty)
        {
            if (!SelfClosing.Contains(element.Name.LocalName))
            {
                element.Value = "";
            }

            return;
        }

        for (var node = element.FirstNode; node is not null; node = node.NextNode)
        {
            if (node is XElement child)
            {
                MakeFit(child);
            }
            else if (node is XText text && !IsLegal(text.Value))
            {
                text.Value = Legal(text.Value);
            }
        }
    }

    private static bool IsLegal(string text) => text.AsSpan().IndexOfAnyExcept(SurelyLegal) < 0;

    /// <summary>Text without characters that a document must not contain, such as control characters.</summary>
    private static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isLegal = rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value);
            legal.Append(isLegal ? rune.ToString() : "\uFFFD");
        }

        return legal.ToString();
    }
}

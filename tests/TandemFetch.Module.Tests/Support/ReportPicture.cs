using System.Xml.Linq;

namespace TandemFetch.Module.Tests.Support;

/// <summary>The first page of a report as an SVG picture: the page itself, put into a frame of a fixed size.</summary>
internal static class ReportPicture
{
    private const int Width = 960;
    private const int Height = 1180;

    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The picture.</summary>
    /// <param name="report">The report, which is well-formed XML after its first line.</param>
    public static string OfFirstPage(string report)
    {
        var document = XElement.Parse(report[(report.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        var style = document.Descendants("style").Single();
        var page = document.Descendants("section").First(section => section.Attribute("class")?.Value == "page");

        // A style of the page must not stretch the frame.
        var frame = $"svg:root {{ width: {Width}px; height: {Height}px; }}";
        var picture = new XElement(
            Svg + "svg",
            new XAttribute("width", Width),
            new XAttribute("height", Height),
            new XAttribute("viewBox", $"0 0 {Width} {Height}"),
            new XElement(
                Svg + "foreignObject",
                new XAttribute("width", Width),
                new XAttribute("height", Height),
                new XElement(
                    Html + "body",
                    new XElement(Html + "style", style.Value + frame),
                    InNamespace(document.Descendants("header").Single(), Html),
                    InNamespace(page, Html))));
        return picture.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static XElement InNamespace(XElement element, XNamespace outer)
    {
        var inner = element.Name.LocalName == "svg" ? Svg : outer;
        return new XElement(inner + element.Name.LocalName, element.Attributes(), element.Nodes()
            .Select(node => node is XElement child ? InNamespace(child, inner) : node));
    }
}

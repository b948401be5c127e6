using System.Xml;
using System.Xml.Linq;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Report;

/// <summary>
/// A report as one HTML document that needs nothing else: no script, no font, no request. It is well-formed XML, too.
/// </summary>
public static class HtmlReport
{
    /// <summary>What the document may load: nothing but the style that it contains.</summary>
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private static readonly string Style = SqlResource.Read($"{typeof(HtmlReport).Namespace}.report.css");

    /// <summary>
    /// Writes the document, one page and one day after the other: years of log make tens of megabytes.
    /// </summary>
    /// <param name="content">What it shows.</param>
    /// <param name="stream">Where to write it, in UTF-8; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static void Write(ReportContent content, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(stream);
        var text = new ReportText(content);
        var title = string.IsNullOrWhiteSpace(content.Title) ? "Glucose report" : content.Title;
        stream.Write("<!DOCTYPE html>\n"u8);
        using (var writer = Markup.Start(stream))
        {
            writer.WriteStartElement("html");
            writer.WriteAttributeString("lang", "en");
            Markup.Write(writer, Metadata(title));
            writer.WriteStartElement("body");
            Markup.Write(writer, Head(content, text, title));
            writer.WriteStartElement("main");
            foreach (var page in Pages(content, text))
            {
                Markup.Write(writer, page);
            }

            if (content.HasDailyPages && content.Days.Count > 0)
            {
                WriteDays(writer, content, text, cancellationToken);
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        stream.Write("\n"u8);
    }

    /// <summary>What stands on every page.</summary>
    internal static XElement Note() => Markup.Styled("p", "note", "Not for treatment decisions.");

    private static XElement Metadata(string title) => Markup.Element(
        "head",
        Markup.Element("meta", Markup.Attribute("charset", "utf-8")),
        Markup.Element(
            "meta",
            Markup.Attribute("http-equiv", "Content-Security-Policy"),
            Markup.Attribute("content", ContentSecurityPolicy)),
        Meta("viewport", "width=device-width, initial-scale=1"),
        Meta("color-scheme", "light dark"),
        Meta("referrer", "no-referrer"),
        Markup.Element("title", title),
        Markup.Element("style", "\n" + Style));

    private static XElement Meta(string name, string value) =>
        Markup.Element("meta", Markup.Attribute("name", name), Markup.Attribute("content", value));

    private static XElement Head(ReportContent content, ReportText text, string title)
    {
        var first = DateOnly.FromDateTime(content.Since.DateTime);
        var last = DateOnly.FromDateTime(content.Zone.ToLocal(content.Until.AddTicks(-1)).DateTime);
        var days = last.DayNumber - first.DayNumber + 1;
        return Markup.Element(
            "header",
            Markup.Element("h1", title),
            Markup.Element(
                "p",
                $"{text.LongDate(first)} to {text.LongDate(last)} ({text.Days(days)}), glucose in {text.Unit}, "
                + $"times of {content.Zone.Name}"));
    }

    private static IEnumerable<XElement> Pages(ReportContent content, ReportText text)
    {
        yield return Page("Glucose", new OverviewPage(content, text).Build());
        if (content.Insulin.Days > 0 || content.Settings.Count > 0)
        {
            yield return Page("Insulin and settings", new InsulinPage(content, text).Build());
        }
    }

    private static void WriteDays(
        XmlWriter writer, ReportContent content, ReportText text, CancellationToken cancellationToken)
    {
        writer.WriteStartElement("section");
        writer.WriteAttributeString("class", "page");
        writer.WriteAttributeString("aria-label", "Days");
        Markup.Write(writer, Markup.Element("h2", "Days"));
        Markup.Write(writer, Markup.Element(
            "p",
            "Triangles are alerts. Under the curve: boluses (U), automatic ones paler and without a number, "
            + "carbohydrates (g), basal insulin (U/h), and the times of sleep and exercise."));

        // Each day is built while the day before it is written.
        var next = BuildAsync(content.Days[0]);
        for (var index = 0; index < content.Days.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var day = next.GetAwaiter().GetResult();
            next = index + 1 < content.Days.Count ? BuildAsync(content.Days[index + 1]) : next;
            Markup.Write(writer, day);
        }

        writer.WriteEndElement();

        Task<XElement> BuildAsync(ReportDay day) =>
            Task.Run(() => new DailyPage(content, text, day).Build(), CancellationToken.None);
    }

    private static XElement Page(string name, IEnumerable<XElement?> parts) =>
        Markup.Styled("section", "page", Markup.Attribute("aria-label", name), parts, Note());
}

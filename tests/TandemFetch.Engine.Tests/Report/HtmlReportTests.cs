using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Report;
using TandemFetch.Engine.Tests.Analytics;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Report;

/// <summary>The report as a document: what it contains, and what it must never contain.</summary>
public sealed class HtmlReportTests
{
    private const string Hostile = "</title><script>alert('x')</script><img src=x onerror=\"y\"> & \u0001 'end'";

    private static readonly DateTimeOffset Midnight = new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_curve_of_the_reference_series_is_drawn_exactly_so()
    {
        using var file = await MeasuredFile.OfAsync(SyntheticSeries.Syn5);

        var curve = PictureOf(Parse(Read(file)), "profile");

        using var golden = typeof(HtmlReportTests).Assembly.GetManifestResourceStream("profile-syn5.svg")!;
        using var reader = new StreamReader(golden);
        Assert.Equal(
            (await reader.ReadToEndAsync(Cancellation)).ReplaceLineEndings("\n").Trim(),
            curve.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Writing_can_be_stopped_between_days()
    {
        using var file = await FilledAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => HtmlReport.Write(Read(file), Stream.Null, stop.Token));
    }

    [Fact]
    public async Task The_document_loads_nothing_and_runs_nothing()
    {
        using var file = await FilledAsync();

        var document = Parse(Read(file));

        var policy = document.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null);
        Assert.Equal("Content-Security-Policy", policy.Attribute("http-equiv")!.Value);
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:", policy.Attribute("content")!.Value);
        Assert.All(policy.ElementsBeforeSelf(), element => Assert.NotNull(element.Attribute("charset")));
        AssertNothingIsLoaded(document);
    }

    [Fact]
    public async Task Text_of_a_title_or_of_the_log_never_becomes_markup()
    {
        using var file = await FilledAsync();
        file.AddRow("alerts", Midnight.AddHours(3), $"'CgmAlert' AS kind, {Sql(Hostile)} AS alert, false AS reminder");

        var document = Parse(Read(file) with { Title = Hostile });

        var shown = Hostile.Replace('\u0001', '\uFFFD');
        Assert.Equal(shown, document.Descendants("title").First().Value);
        Assert.Equal(shown, document.Descendants("h1").Single().Value);
        Assert.Contains(document.Descendants("td"), cell => cell.Value == $"Sensor alert: {shown}");
        AssertNothingIsLoaded(document);
    }

    [Fact]
    public async Task A_period_without_readings_says_so()
    {
        using var file = await MeasuredFile.CreateAsync();

        var document = Parse(Read(file));

        Assert.Equal(
            "There are no glucose readings in this period.",
            document.Descendants("p").Single(part => part.Attribute("class")?.Value == "nothing").Value);
        Assert.Empty(document.Descendants("svg"));
        Assert.Single(document.Descendants("p"), IsNote);
        Assert.DoesNotContain("NaN", document.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_reading_makes_a_report_with_reasons_for_what_is_missing()
    {
        using var file = await MeasuredFile.OfAsync([(Midnight, 120)]);

        var document = Parse(Read(file));

        Assert.Equal("120 mg/dL", ValueOf(document, "Mean glucose"));
        Assert.Equal("–", ValueOf(document, "Glucose management indicator"));
        Assert.Contains(
            document.Descendants("p"),
            part => part.Value.StartsWith("Glucose management indicator: It needs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_unit_changes_glucose_and_no_share_of_the_time()
    {
        using var file = await MeasuredFile.OfAsync(SyntheticSeries.Syn5);
        var content = Read(file);

        var milligrams = Parse(content);
        var millimoles = Parse(content with { Unit = GlucoseUnit.MmolL });

        Assert.Equal("151 mg/dL", ValueOf(milligrams, "Mean glucose"));
        Assert.Equal("8.4 mmol/L", ValueOf(millimoles, "Mean glucose"));
        Assert.Equal("32.9 %", ValueOf(milligrams, "High, >\u00A0180 to 250"));
        Assert.Equal("5.8 %", ValueOf(milligrams, "Low, 54 to <\u00A070"));
        Assert.Equal("55.4 %", ValueOf(milligrams, "Target, 70 to 180"));
        Assert.Equal("55.4 %", ValueOf(millimoles, "Target, 3.9 to 10.0"));
        Assert.Equal(
            milligrams.Descendants("path").Select(path => path.Attribute("d")!.Value),
            millimoles.Descendants("path").Select(path => path.Attribute("d")!.Value));
    }

    [Fact]
    public async Task Numbers_and_dates_are_written_by_culture_and_coordinates_are_not()
    {
        using var file = await MeasuredFile.OfAsync(SyntheticSeries.Syn5);
        var content = Read(file);

        var german = Parse(content with { Culture = CultureInfo.GetCultureInfo("de-DE") });

        Assert.Equal("55,4 %", ValueOf(german, "Target, 70 to 180"));
        Assert.Contains("14.01.2026", german.Descendants("header").Single().Value, StringComparison.Ordinal);
        Assert.Equal(
            Parse(content).Descendants("path").Select(path => path.Attribute("d")!.Value),
            german.Descendants("path").Select(path => path.Attribute("d")!.Value));
    }

    [Theory]
    [InlineData(GlucosePreset.Standard, "> 70 %", 5)]
    [InlineData(GlucosePreset.OlderHighRisk, "> 50 %", 5)]
    [InlineData(GlucosePreset.Pregnancy, "> 70 %", 4)]
    public async Task The_preset_decides_ranges_and_goals(GlucosePreset preset, string goal, int ranges)
    {
        using var file = await MeasuredFile.OfAsync(SyntheticSeries.Syn5);

        var document = Parse(ReportReader.Read(
            file.Database, new RecordFilter(), GlucoseRanges.Of(preset), Midnight, Cancellation));

        var table = document.Descendants("div").Single(part => part.Attribute("class")?.Value == "ranges");
        Assert.Equal(ranges, table.Descendants("tbody").Single().Elements().Count());
        Assert.Equal(ranges, table.Descendants("rect").Count());
        Assert.Contains(table.Descendants("td"), cell => cell.Value == goal);
    }

    [Fact]
    public async Task Every_picture_and_table_is_named_and_every_page_and_day_has_the_note()
    {
        using var file = await FilledAsync();

        var document = Parse(Read(file));

        var pictures = document.Descendants("svg").ToList();
        Assert.True(pictures.Count > 3);
        Assert.All(pictures, picture => Assert.Equal("img", picture.Attribute("role")!.Value));
        Assert.All(pictures, picture => Assert.NotEmpty(picture.Element("title")!.Value));
        Assert.All(pictures, picture => Assert.NotEmpty(picture.Element("desc")!.Value));
        Assert.All(document.Descendants("table"), table => Assert.NotEmpty(table.Element("caption")!.Value));
        var pages = document.Descendants().Where(part => part.Attribute("class")?.Value is "page" or "day").ToList();
        Assert.True(pages.Count >= 4);
        Assert.All(pages, page => Assert.Contains(page.Descendants("p"), IsNote));
    }

    [Fact]
    public async Task Only_the_title_names_anybody()
    {
        using var file = await FilledAsync();

        var text = Write(Read(file) with
        {
            Settings = [new Profile { Name = "Jane at school", PumpSerial = MeasuredFile.Serial, Active = true }],
        });

        Assert.Contains("Profile 1, active", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Jane", text, StringComparison.Ordinal);
        Assert.DoesNotContain(MeasuredFile.Serial, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_shows_its_boluses_carbohydrates_basal_insulin_modes_and_alerts()
    {
        using var file = await FilledAsync();
        var content = Read(file);

        var day = Parse(content).Descendants("article").First();

        Assert.Equal("Saturday, 01/10/2026", day.Element("h3")!.Value);
        Assert.Equal(
            ["00:30|Alert: Low insulin||", "08:00|Bolus, Standard|4.50 U|45 g", "22:00|Sleeping until 06:00||"],
            day.Descendants("tbody").Single().Elements()
                .Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))));
        Assert.Contains(day.Descendants("p"), part => part.Value == "Alerts: Low insulin 00:30.");
        var picture = PictureOf(day, "daily");
        foreach (var shape in new[] { "glucose", "bolus", "carbs", "basal", "mode", "alert" })
        {
            Assert.Contains(picture.Descendants(), part => part.Attribute("class")?.Value == shape);
        }

        Assert.Empty(Parse(content with { HasDailyPages = false }).Descendants("article"));
    }

    [Fact]
    public async Task What_has_no_known_end_is_shown_on_its_first_day_up_to_the_last_entry()
    {
        using var file = await MeasuredFile.OfAsync(GlucoseMeasureTests.Every(5, Midnight, (12 * 36) + 1, 120));
        file.AddRow(
            "user_modes", Midnight.AddHours(30), "'Exercising' AS mode, 'User' AS started_by");
        file.AddRow("user_modes", Midnight.AddHours(6), "'Sleeping' AS mode, 'User' AS started_by");

        var days = Parse(Read(file)).Descendants("article").ToList();

        var modes = days.Select(day => day.Descendants("rect")
            .Where(shape => shape.Attribute("class")!.Value == "mode").ToList()).ToList();
        Assert.Equal([1, 1], modes.Select(day => day.Count));
        Assert.Equal(728 * 6.0 / 24, double.Parse(
            modes[1][0].Attribute("width")!.Value, CultureInfo.InvariantCulture), 0.01);
    }

    [Fact]
    public async Task On_a_day_of_23_hours_the_clocks_hours_move_closer_to_midnight()
    {
        var midnight = new DateTimeOffset(2026, 3, 8, 5, 0, 0, TimeSpan.Zero);
        using var file = await MeasuredFile.OfAsync(
            GlucoseMeasureTests.Every(5, midnight, 12 * 23, 100), "America/New_York");

        var picture = PictureOf(Parse(Read(file)), "daily");

        var three = picture.Descendants("text").Single(label => label.Value == "03:00");
        var expected = 44 + (728 * 2.0 / 23);
        Assert.Equal(
            expected, double.Parse(three.Attribute("x")!.Value, CultureInfo.InvariantCulture), 0.01);
    }

    [Fact]
    public async Task The_usual_period_is_the_14_days_up_to_the_newest_reading()
    {
        using var file = await MeasuredFile.OfAsync(SyntheticSeries.Syn5, "America/New_York");

        var content = Read(file);

        Assert.Equal(new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.FromHours(-5)), content.Until);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(-5)), content.Since);
        Assert.Equal(14, content.Days.Count);
        Assert.Equal(content.Glucose.Readings, content.Days.Sum(day => day.Readings.Count));
    }

    private static async Task<MeasuredFile> FilledAsync()
    {
        var file = await MeasuredFile.OfAsync(GlucoseMeasureTests.Every(5, Midnight, 12 * 48, 120));
        file.AddBolus(Midnight.AddHours(8), "4.5 AS delivered, 45 AS carbs, 'Standard' AS kind");
        file.AddStretch("basal_deliveries", Midnight, Midnight.AddHours(12), "0.8 AS rate, 'Profile' AS rate_source");
        file.AddStretch(
            "user_modes", Midnight.AddHours(22), Midnight.AddHours(30), "'Sleeping' AS mode, 'User' AS started_by");
        file.AddRow(
            "alerts", Midnight.AddMinutes(30), "'Alert' AS kind, 'LOW_INSULIN_ALERT' AS alert, false AS reminder");
        file.AddDay(Midnight, 9.6m, 24, 4.5m, 45);
        return file;
    }

    private static ReportContent Read(MeasuredFile file) =>
        ReportReader.Read(file.Database, new RecordFilter(), GlucoseRanges.Standard, Midnight, Cancellation);

    private static string Write(ReportContent content)
    {
        using var stream = new MemoryStream();
        HtmlReport.Write(content, stream, Cancellation);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static XElement Parse(ReportContent content)
    {
        var text = Write(content);
        Assert.StartsWith("<!DOCTYPE html>\n<html", text, StringComparison.Ordinal);
        return XElement.Parse(text["<!DOCTYPE html>\n".Length..]);
    }

    private static XElement PictureOf(XElement part, string name) =>
        part.Descendants("svg").First(picture => picture.Attribute("class")?.Value == name);

    private static string ValueOf(XElement document, string measure) =>
        document.Descendants("th").Single(heading => heading.Value == measure).ElementsAfterSelf().First().Value;

    private static bool IsNote(XElement part) => part.Value == "Not for treatment decisions.";

    private static void AssertNothingIsLoaded(XElement document)
    {
        string[] loading = ["script", "link", "img", "image", "use", "iframe", "object", "embed", "base", "a", "form"];
        Assert.DoesNotContain(document.Descendants(), element => loading.Contains(element.Name.LocalName));
        Assert.DoesNotContain(
            document.Descendants().Attributes(),
            attribute => attribute.Name.LocalName is "src" or "href" or "style"
                || attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        var style = document.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", style, StringComparison.OrdinalIgnoreCase);

        // A browser does not decode text in a style element: it must be the same encoded.
        Assert.DoesNotContain(style, character => character is '<' or '>' or '&');
    }

    private static string Sql(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

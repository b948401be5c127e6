using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Views;

/// <summary>
/// How records look in a terminal of 80 columns. <c>views.txt</c> has all of it; with <c>TANDEM_TESTS=renew</c>, the
/// test that compares it writes it instead.
/// </summary>
public sealed class ViewTests(ViewTests.Shell shell) : IClassFixture<ViewTests.Shell>
{
    // A host writes no character into the last column of its window.
    private const int Terminal = 79;
    private const int Wide = 500;

    private static readonly string Expected =
        Path.Join(Repository.Folder, "tests", "TandemFetch.Module.Tests", "Views", "views.txt");

    private static readonly IReadOnlyList<XElement> Views =
    [
        .. XDocument.Load(Path.Join(BuiltModule.Folder, "TandemFetch.Format.ps1xml")).Descendants("View"),
    ];

    public static TheoryData<string> Types => [.. WidestRecords.All.Select(record => record.GetType().Name)];

    [Fact]
    public void Every_record_that_a_command_emits_has_a_view_and_a_test()
    {
        var emitted = ModuleCommands.Types
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(output => output.Type)
            .Select(type => type.Type)
            .Where(type => type is { Namespace: "TandemFetch.Records", IsAbstract: false, IsEnum: false })
            .Select(type => type!.Name)
            .ToHashSet();
        var viewed = Views.Select(view => view.Descendants("TypeName").First().Value.Split('.')[^1]).ToList();

        Assert.Subset(viewed.ToHashSet(), emitted);
        Assert.Equal(viewed.Order(), WidestRecords.All.Select(record => record.GetType().Name).Order());
        Assert.All(Views, view =>
            Assert.Equal(
                "Deserialized." + view.Descendants("TypeName").First().Value,
                view.Descendants("TypeName").Last().Value));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void No_heading_and_no_value_is_lost_at_80_columns(string type)
    {
        var (narrow, wide) = (shell.Render(type, Terminal), shell.Render(type, Wide));

        Assert.DoesNotContain('…', narrow);
        Assert.All(narrow.Split('\n'), line => Assert.True(line.TrimEnd().Length <= Terminal, line));
        Assert.Equal(Characters(wide), Characters(narrow));
        var words = ViewOf(type).Descendants("Label").SelectMany(label => label.Value.Split((char[]?)null));
        Assert.All(words, word => Assert.Contains(word, narrow, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Numbers_times_and_durations_are_in_one_piece_at_80_columns(string type)
    {
        var (narrow, wide) = (shell.Render(type, Terminal), shell.Render(type, Wide));

        var parts = wide.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.Length <= 12 && char.IsDigit(part[^1]) && !part.Any(char.IsLetter));
        Assert.All(parts, part => Assert.Contains(part, narrow, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_glucose_value_has_room_for_either_unit()
    {
        var tables = Views.Where(view => view.Element("TableControl") is not null);
        var widths = tables.SelectMany(view =>
                view.Descendants("TableColumnHeader").Zip(view.Descendants("TableColumnItem")))
            .Where(column => Regex.IsMatch(column.Second.Value, @"GlucoseDisplay]::Text|CgmReadingView]::Glucose"))
            .Select(column => (int)column.First.Element("Width")!)
            .ToList();

        Assert.NotEmpty(widths);
        Assert.All(widths, width => Assert.InRange(width, "33.3 mmol/L".Length, Terminal));
    }

    [Fact]
    public async Task Views_at_80_columns_are_as_recorded()
    {
        var views = new StringBuilder();
        foreach (var type in WidestRecords.All.Select(record => record.GetType().Name))
        {
            views.Append("== ").Append(type).Append('\n').Append(shell.Render(type, Terminal)).Append('\n');
        }

        var cancellation = TestContext.Current.CancellationToken;
        if (Environment.GetEnvironmentVariable("TANDEM_TESTS") == "renew")
        {
            await File.WriteAllTextAsync(Expected, views.ToString(), new UTF8Encoding(false), cancellation);
        }

        var expected = await File.ReadAllTextAsync(Expected, cancellation);
        Assert.Equal(expected.ReplaceLineEndings("\n"), views.ToString());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_record_from_a_file_looks_like_the_record(string type)
    {
        using var folder = new TemporaryFolder();

        var read = shell.Run(
            "param($Record, $File) $Record | Export-Clixml $File; Import-Clixml $File",
            RecordOf(type),
            folder["record.xml"]);

        Assert.StartsWith("Deserialized.TandemFetch.Records.", read.TypeNames[0], StringComparison.Ordinal);
        Assert.Equal(shell.Render(type, Terminal), shell.Render(read, Terminal));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_record_from_a_job_looks_like_the_record(string type)
    {
        var received = PSObject.AsPSObject(PSSerializer.Deserialize(
            (string)shell.Run(
                "param($Record) [System.Management.Automation.PSSerializer]::Serialize($Record, 1)", RecordOf(type))
                .BaseObject));

        Assert.Equal(shell.Render(type, Terminal), shell.Render(received, Terminal));
    }

    [Theory]
    [InlineData("2026-04-20T10:00:59-04:00", "2026-04-20 10:00:00", "2026-04-20 10:00")]
    [InlineData("2026-04-20T10:00:00-04:00", "2026-04-20 10:01:00", "2026-04-20 10:00\npump 10:01")]
    [InlineData("2026-04-20T23:59:00-04:00", "2026-04-21 00:03:00", "2026-04-20 23:59\npump 04-21 00:03")]
    [InlineData("2026-04-20T10:00:00-04:00", "2008-01-01 00:00:00", "2026-04-20 10:00\npump 2008-01-01 00:00")]
    [InlineData(null, "2026-04-20 10:00:00", "2026-04-20 10:00?")]
    public void The_pumps_clock_is_shown_only_where_it_differs(string? timestamp, string pumpTime, string expected)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        DateTimeOffset? time = timestamp is null ? null : DateTimeOffset.Parse(timestamp, invariant);

        Assert.Equal(expected, TandemFetch.Hosting.ViewText.BothTimes(time, DateTime.Parse(pumpTime, invariant)));
    }

    [Theory]
    [InlineData("-1.04:00:00", "-1.04:00:00")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("00:59:59.5", "01:00:00")]
    [InlineData("00:00:03.44", "00:00:03.4")]
    [InlineData("00:00:59.96", "00:01:00")]
    [InlineData("00:00:00", "00:00:00")]
    public void Durations_have_one_notation(string duration, string shown)
    {
        var typed = TimeSpan.Parse(duration, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(shown, TandemFetch.Hosting.ViewText.Duration(typed));
        Assert.Equal(shown, TandemFetch.Hosting.ViewText.Duration(duration));
    }

    private static object RecordOf(string type) => WidestRecords.All.Single(record => record.GetType().Name == type);

    private static XElement ViewOf(string type) =>
        Views.Single(view => view.Element("Name")!.Value == $"TandemFetch.{type}");

    /// <summary>All characters in order, without the lines under headings, whose lengths depend on the width.</summary>
    private static string Characters(string text) => string.Concat(text.Split('\n')
        .Where(line => line.Any(character => character is not ('-' or ' ' or '\r')))
        .SelectMany(line => line)
        .Where(character => !char.IsWhiteSpace(character))
        .Order());

    /// <summary>PowerShell with the module, and what it has rendered.</summary>
    public sealed class Shell : IDisposable
    {
        private readonly PowerShellSession _session = new();
        private readonly Dictionary<(string, int), string> _rendered = [];

        public void Dispose() => _session.Dispose();

        internal PSObject Run(string script, params object?[] arguments) =>
            PSObject.AsPSObject(_session.Run(script, arguments).Succeeded().Output.Single()!);

        internal string Render(string type, int width)
        {
            if (!_rendered.TryGetValue((type, width), out var text))
            {
                text = _rendered[(type, width)] = Render(PSObject.AsPSObject(RecordOf(type)), width);
            }

            return text;
        }

        internal string Render(PSObject record, int width) => ((string)Run(
            """
            param($Record, $Width)
            [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
            $PSStyle.OutputRendering = 'PlainText'
            $Record | Out-String -Width $Width
            """,
            record,
            width).BaseObject).ReplaceLineEndings("\n");
    }
}

using System.ComponentModel;
using System.Diagnostics;
using TandemFetch.Engine;
using TandemFetch.Engine.Report;
using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>The chart at the prompt and the report, on one file that nothing changes.</summary>
[Collection(MeasuredPump.Tests)]
public sealed class ReportTests(MeasuredPump pump)
{
    [Fact]
    public void The_chart_is_plain_lines_of_the_width_and_height_that_are_asked_for()
    {
        var lines = pump.Module.Run("Show-TandemChart -Last 6h -Until 2026-04-20 -Width 60 -Height 8").Succeeded()
            .OutputOf<string>();

        Assert.Equal(13, lines.Count);
        Assert.Equal("mg/dL, 6 h until 2026-04-20 00:00: 72 readings", lines[0].Split(", last")[0]);
        Assert.Contains(lines, line => line.Any(character => character is >= '\u2801' and <= '\u28ff'));
        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Show-TandemChart")]
    [InlineData("New-TandemReport unknown.html")]
    public void An_unknown_pump_is_an_error(string command) =>
        Assert.Equal(["TandemFetch.PumpUnknown"], pump.Module.Run($"{command} -PumpSerial 1").ErrorIds);

    [Theory]
    [InlineData(false, null, "xterm-256color", true)]
    [InlineData(false, "", "xterm-256color", true)]
    [InlineData(false, "1", "xterm-256color", false)]
    [InlineData(false, null, "dumb", false)]
    [InlineData(true, null, "xterm-256color", false)]
    public void Colors_need_a_terminal_that_has_them_and_no_NO_COLOR(
        bool isRedirected, string? noColor, string terminal, bool expected)
    {
        var allowed = TerminalOutput.AllowsColors(
            isRedirected, variable => variable == "NO_COLOR" ? noColor : terminal);

        Assert.Equal(expected, allowed);
    }

    [Fact]
    public void A_report_is_one_file_that_is_emitted_and_not_overwritten()
    {
        var command = "New-TandemReport once.html -Last 7d -Until 2026-04-20 -Title 'A < B'";

        var file = Assert.Single(pump.Module.Run(command).Succeeded().OutputOf<FileInfo>());

        Assert.Equal(pump.Module.Folder["once.html"], file.FullName);
        Assert.Contains("<h1>A &lt; B</h1>", File.ReadAllText(file.FullName), StringComparison.Ordinal);
        Assert.Equal(["TandemFetch.ReportExists"], pump.Module.Run(command).ErrorIds);
        pump.Module.Run(command + " -Force -NoDaily").Succeeded();
        Assert.DoesNotContain("<article", File.ReadAllText(file.FullName), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(pump.Module.Run("New-TandemReport never.html -WhatIf").Succeeded().Output);

        Assert.False(File.Exists(pump.Module.Folder["never.html"]));
    }

    [Fact]
    public void A_period_in_the_future_gives_a_report_that_says_so()
    {
        var file = pump.Module.Run("New-TandemReport future.html -Since 2090-01-01 -Unit MmolL").Succeeded()
            .OutputOf<FileInfo>()[0];

        Assert.Contains(
            "There are no glucose readings in this period.", File.ReadAllText(file.FullName), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-TandemReport . -Force", "TandemFetch.ReportPathInvalid")]
    [InlineData("New-TandemReport data/tandem.db -Force", "TandemFetch.ReportPathInvalid")]
    [InlineData("New-TandemReport env:report", "TandemFetch.ReportPathInvalid")]
    public void A_path_that_is_no_place_for_a_report_is_refused(string command, string id) =>
        Assert.Equal([id], pump.Module.Run(command).ErrorIds);

    [Fact]
    public void The_last_days_of_a_pump_from_the_pipeline_are_reported()
    {
        var files = pump.Module.Run(
            "Get-TandemPump | New-TandemReport last.html -Last 2d -Until 2026-04-20; "
            + "New-TandemReport since.html -Since 2026-04-18 -Until 2026-04-20").Succeeded().OutputOf<FileInfo>();

        var reports = files.Select(file => File.ReadAllText(file.FullName)).ToList();

        Assert.Equal(reports[1], reports[0]);
        Assert.Contains("(2 days)", reports[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-readings", "DELETE FROM cgm_readings", "There are no glucose readings in this period.")]
    [InlineData(
        "one-reading",
        MeasuredPump.AllButOneReading,
        "It needs 30 readings; there are 1.")]
    [InlineData("no-boluses", "DELETE FROM boluses", "Insulin and carbohydrates")]
    public void A_file_that_lacks_something_has_a_report_and_a_chart(string name, string change, string text)
    {
        var file = pump.Changed(name, change);

        var report = pump.Module.Run($"New-TandemReport {name}.html {file}").Succeeded().OutputOf<FileInfo>()[0];
        var chart = pump.Module.Run($"Show-TandemChart {file}").Succeeded().OutputOf<string>();

        var written = File.ReadAllText(report.FullName);
        Assert.Contains(text, written, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", written, StringComparison.Ordinal);
        Assert.Equal(17, chart.Count);
    }

    [Theory]
    [InlineData("New-TandemReport other.html")]
    [InlineData("Show-TandemChart")]
    public void A_pump_in_a_zone_that_is_unknown_is_an_error(string command)
    {
        var file = pump.Changed("other-zone", "UPDATE pumps SET time_zone = 'Mars/Olympus'");

        Assert.Equal(["TandemFetch.TimeZoneUnknown"], pump.Module.Run($"{command} {file}").ErrorIds);
    }

    [Fact]
    public void A_report_is_opened_with_the_program_of_the_system_for_it()
    {
        List<ProcessStartInfo> started = [];

        FileViewer.Open("/reports/report.html", start =>
        {
            started.Add(start);
            return null;
        });

        Assert.Equal(("/reports/report.html", true), (started.Single().FileName, started.Single().UseShellExecute));
    }

    [Fact]
    public void A_report_that_no_program_opens_is_an_error_that_names_the_file()
    {
        var error = Assert.Throws<TandemException>(
            () => FileViewer.Open("/reports/report.html", _ => throw new Win32Exception(2)));

        Assert.Equal(ReportErrors.NotOpened, error.ErrorId);
        Assert.StartsWith("'/reports/report.html' is written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PDF_without_a_browser_is_an_error_and_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere, browsers are found in the folders of programs, too.");

        // The PATH belongs to the whole process.
        var (_, output, _) = await pump.Module.RunApartAsync(
            "$env:PATH = ''; try { New-TandemReport report.pdf -AsPdf } catch { $_.FullyQualifiedErrorId }");

        Assert.Equal("TandemFetch.ReportBrowserNotFound,TandemFetch.Commands.NewTandemReportCommand", output.Trim());
        Assert.False(File.Exists(pump.Module.Folder["report.pdf"]));
    }
}

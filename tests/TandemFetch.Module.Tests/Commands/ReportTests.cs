using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>The chart at the prompt and the report, on one file that nothing changes.</summary>
public sealed class ReportTests(ReportTests.Filled filled) : IClassFixture<ReportTests.Filled>
{
    [Fact]
    public void The_chart_is_plain_lines_of_the_width_and_height_that_are_asked_for()
    {
        var lines = filled.Module.Run("Show-TandemChart -Last 6h -Until 2026-04-20 -Width 60 -Height 8").Succeeded()
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
        Assert.Equal(["TandemFetch.PumpUnknown"], filled.Module.Run($"{command} -PumpSerial 1").ErrorIds);

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

        var file = Assert.Single(filled.Module.Run(command).Succeeded().OutputOf<FileInfo>());

        Assert.Equal(filled.Module.Folder["once.html"], file.FullName);
        Assert.Contains("<h1>A &lt; B</h1>", File.ReadAllText(file.FullName), StringComparison.Ordinal);
        Assert.Equal(["TandemFetch.ReportExists"], filled.Module.Run(command).ErrorIds);
        filled.Module.Run(command + " -Force -NoDaily").Succeeded();
        Assert.DoesNotContain("<article", File.ReadAllText(file.FullName), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(filled.Module.Run("New-TandemReport never.html -WhatIf").Succeeded().Output);

        Assert.False(File.Exists(filled.Module.Folder["never.html"]));
    }

    [Fact]
    public void A_period_in_the_future_gives_a_report_that_says_so()
    {
        var file = filled.Module.Run("New-TandemReport future.html -Since 2090-01-01 -Unit MmolL").Succeeded()
            .OutputOf<FileInfo>()[0];

        Assert.Contains(
            "There are no glucose readings in this period.", File.ReadAllText(file.FullName), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-TandemReport . -Force", "TandemFetch.ReportPathInvalid")]
    [InlineData("New-TandemReport data/tandem.db -Force", "TandemFetch.ReportPathInvalid")]
    [InlineData("New-TandemReport env:report", "TandemFetch.ReportPathInvalid")]
    public void A_path_that_is_no_place_for_a_report_is_refused(string command, string id) =>
        Assert.Equal([id], filled.Module.Run(command).ErrorIds);

    /// <summary>Eight days of a pump.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal SandboxedModule Module { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Module = await SandboxedModule.FilledAsync(
                new SandboxOptions { Days = 8, EndDate = new DateOnly(2026, 4, 20) });

        public ValueTask DisposeAsync() => Module.DisposeAsync();
    }
}

using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>Sessions in languages with other letters, digits and calendars.</summary>
public sealed class LanguageTests(RecordTests.Filled filled) : IClassFixture<RecordTests.Filled>
{
    private static readonly string[] MoreCommands =
    [
        "Invoke-TandemQuery 'SELECT -1.5 AS number, $x AS parameter' @{ x = -2.5 }",
        "(Export-TandemData daily_totals language.csv -Force).Length; Get-Content language.csv",
        "Compare-TandemPeriod -Since 2026-04-20 -Until 2026-04-21",
        "Test-TandemDatabase | Select-Object Name, Status, Violations",
    ];

    /// <summary>The small letter of I is not i in Turkish.</summary>
    [Fact]
    public void Names_are_found_in_upper_case_in_Turkish()
    {
        var found = InLanguage("tr-TR", """
            (Get-TandemTable CGM_READINGS).Table
            (Get-TandemTable DAILY_T*).Table
            (Get-TandemConfiguration TIMEZONE).Name
            (Get-TandemEvent lid_basal_delivery -Newest 1).EventName
            (Export-TandemData DAILY_TOTALS turkish.csv -Force).Table
            """).Succeeded().Output;

        Assert.Equal(["cgm_readings", "daily_totals", "TimeZone", "LID_BASAL_DELIVERY", "daily_totals"], found);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("tr-TR")]
    public void Days_durations_and_views_are_the_same_in_every_calendar(string language)
    {
        const string script = """
            $total = Get-TandemDailyTotal -Newest 1
            $total.Day -eq [DateOnly]::new(2026, 4, 20)
            $total.BasalTime.Ticks
            (Measure-TandemInsulin).FirstDay.DayNumber
            (Get-TandemCgmReading -Newest 1 | Format-Table | Out-String).Trim().Split("`n")[-1].Substring(0, 16)
            """;

        var shown = InLanguage(language, script).Succeeded().Output;

        Assert.Equal(InLanguage("en-US", script).Succeeded().Output, shown);
        Assert.Equal(true, shown[0]);
        Assert.StartsWith("2026-04-20 ", (string)shown[3]!, StringComparison.Ordinal);
    }

    /// <summary>In Swedish, minus is another character than in SQL, and the decimal separator is a comma.</summary>
    [Theory]
    [InlineData("sv-SE")]
    [InlineData("fa-IR")]
    public void Every_command_gives_the_same_results(string language)
    {
        var commands = ModuleCommands.Types
            .Where(type => type.IsSubclassOf(typeof(TimeRangeCommand)) && !type.IsSubclassOf(typeof(ListCommand)))
            .Select(ModuleCommands.NameOf)
            .Where(command => command is not ("Compare-TandemPeriod" or "Export-TandemData"
                or "New-TandemReport" or "Show-TandemChart"))
            .Concat(RecordTests.Lists.Where(row => row.Data != "Get-TandemAssistantLog").Select(row => $"{row.Data} -Newest 3 -Since 2026-04-19T12:00"))
            .Concat(MoreCommands)
            .ToList();
        var script = string.Join(
            '\n', commands.Select(command => $"'{command.Replace("'", "''")}: ' + ($({command}) | ConvertTo-Json -Depth 6)"));

        var given = InLanguage(language, script).Succeeded().OutputOf<string>();

        Assert.Equal(InLanguage("en-US", script).Succeeded().OutputOf<string>(), given);
    }

    /// <summary>They write numbers and times as the user's language does.</summary>
    [Theory]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public void Charts_and_reports_have_Gregorian_dates(string language)
    {
        var shown = InLanguage(language, """
            (Show-TandemChart)[0]
            New-TandemReport language.html -Since 2026-04-19 -Until 2026-04-21 -Force | Out-Null
            Get-Content -Raw language.html
            """).Succeeded().OutputOf<string>();

        Assert.Contains("until 2026-04-20 23:50", shown[0], StringComparison.Ordinal);
        Assert.Contains("Sunday, 2026-04-19 to Monday, 2026-04-20", shown[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("tr-TR")]
    public void A_time_that_the_prompt_shows_can_be_given_back(string language)
    {
        var readings = InLanguage(language, """
            $newest = Get-TandemCgmReading -Newest 1
            $shown = ($newest | Select-Object Timestamp | Format-Table -HideTableHeaders | Out-String).Trim()
            Get-TandemCgmReading -Since $shown
            Get-TandemCgmReading -Since "$($newest.Timestamp)"
            """).Succeeded().OutputOf<CgmReading>();

        Assert.Equal(2, readings.Count);
        Assert.Equal(readings[0], readings[1]);
    }

    private ScriptRun InLanguage(string language, string script) =>
        filled.Module.Run($$"""
            $before = [cultureinfo]::CurrentCulture
            [cultureinfo]::CurrentCulture = '{{language}}'
            try
            {
                {{script}}
            }
            finally
            {
                [cultureinfo]::CurrentCulture = $before
            }
            """);
}

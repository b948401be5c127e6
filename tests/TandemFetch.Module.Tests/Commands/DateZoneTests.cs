using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>The zone of dates without an offset.</summary>
public sealed class DateZoneTests
{
    private const string Count = "@(Get-TandemCgmReading -Since {0} -Until {1}).Count";

    [Fact]
    public async Task Without_a_session_they_are_meant_in_the_zone_that_the_file_has_of_the_pump()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var run = module.Run($$"""
            Disconnect-TandemSource
            {{Between("2026-04-19", "2026-04-20")}}
            {{Between("2026-04-19T00:00:00-04:00", "2026-04-20T00:00:00-04:00")}}
            Export-TandemData cgm_readings day.csv -Since 2026-04-19 -Until 2026-04-20
            """).Succeeded();

        Assert.NotEqual(0, run.Output[0]);
        Assert.Equal(run.Output[1], run.Output[0]);
        Assert.Equal(run.Output[1], (int)((Records.ExportedData)run.Output[2]!).Rows);
    }

    [Fact]
    public async Task A_zone_that_was_set_by_hand_comes_before_that_of_the_session()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var run = module.Run($$"""
            $null = Get-TandemPump | Set-TandemPump -TimeZone europe/berlin
            Invoke-TandemBackfill | Out-Null
            Invoke-TandemQuery 'SELECT time_zone FROM pumps' -As Scalar
            {{Between("2026-04-19", "2026-04-20")}}
            {{Between("2026-04-19T00:00:00+02:00", "2026-04-20T00:00:00+02:00")}}
            """).Succeeded();

        Assert.Equal("Europe/Berlin", run.Output[0]);
        Assert.Equal(run.Output[2], run.Output[1]);
    }

    private static string Between(string since, string until) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Count, since, until);
}

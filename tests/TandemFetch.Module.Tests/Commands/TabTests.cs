using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>What Tab offers at the prompt.</summary>
public sealed class TabTests(RecordTests.Filled filled) : IClassFixture<RecordTests.Filled>
{
    [Theory]
    [InlineData("Get-TandemEvent -EventName lid_bolus_comp", "LID_BOLUS_COMPLETED")]
    [InlineData("Get-TandemEvent bolus_comp", "LID_BOLUS_COMPLETED")]
    [InlineData("Get-TandemEvent -EventId 27", "279")]
    [InlineData("Get-TandemEvent -EventId basal_del", "279")]
    [InlineData("Get-TandemRawEvent -EventCode 27", "279")]
    [InlineData("Get-TandemAlert -Name occl", "OCCLUSION_ALARM")]
    [InlineData("Get-TandemAlert -Kind al", "Alarm")]
    [InlineData("Get-TandemBolus -Kind ext", "Extended")]
    [InlineData("Get-TandemCgmReading -Since y", "yesterday")]
    [InlineData("Get-TandemCgmReading -Until to", "today")]
    [InlineData("Get-TandemCgmReading -Last 2", "2w")]
    [InlineData("Watch-TandemSource -Interval 1", "15m")]
    [InlineData("Get-TandemTable -Table cgm_r", "cgm_readings")]
    [InlineData("Get-TandemTable cgm_s", "cgm_sessions")]
    [InlineData("Export-TandemData -Table cgm_readings -Column gluc", "glucose")]
    [InlineData("Connect-TandemSource -TimeZone new_yo", "America/New_York")]
    [InlineData("Connect-TandemSource -Region e", "EU")]
    [InlineData("Get-TandemConfiguration glu", "GlucoseUnit")]
    [InlineData("Set-TandemConfiguration -GlucoseUnit mm", "MmolL")]
    [InlineData("Set-TandemConfiguration -TimeZone new_yo", "America/New_York")]
    [InlineData("Set-TandemConfiguration -Region e", "EU")]
    [InlineData("Set-TandemPump 1 new_yo", "America/New_York")]
    [InlineData("Invoke-TandemBackfill -Stage d", "Derive")]
    [InlineData("Export-TandemData events x -PartitionBy m", "Month")]
    [InlineData("Publish-TandemNightscout -What Bolus, gl", "Glucose")]
    [InlineData("Publish-TandemNightscout -Since y", "yesterday")]
    public void Tab_completes(string typed, string expected) => Assert.Contains(expected, Complete(filled.Module, typed));

    [Theory]
    [InlineData("Invoke-TandemQuery 'FROM cgm_r", "'FROM cgm_readings")]
    [InlineData("Invoke-TandemQuery 'FROM cgm_r'", "'FROM cgm_readings'")]
    [InlineData("Invoke-TandemQuery \"FROM cgm_r", "\"FROM cgm_readings")]
    [InlineData("Invoke-TandemQuery -Query 'FROM cgm_readings WHERE gluc", "'FROM cgm_readings WHERE glucose")]
    [InlineData("Invoke-TandemQuery 'FROM cgm_readings c WHERE c.gluc", "'FROM cgm_readings c WHERE c.glucose")]
    [InlineData("Invoke-TandemQuery \"FROM boluses WHERE carbs > $x AND deliv", "\"FROM boluses WHERE carbs > $x AND delivered")]
    public void Tab_completes_the_last_word_of_a_query(string typed, string expected) =>
        Assert.Equal(expected, Complete(filled.Module, typed)[0]);

    [Fact]
    public void Tab_offers_the_columns_of_the_tables_in_the_query()
    {
        var offered = Complete(filled.Module, "Invoke-TandemQuery 'FROM suspensions WHERE ");

        var columns = filled.Module.Run("(Get-TandemTable suspensions).Columns.Name").Succeeded().OutputOf<string>();
        Assert.Equal(columns.Select(column => $"'FROM suspensions WHERE {column}").Order(), offered.Order());
    }

    [Fact]
    public void Tab_offers_the_pumps_of_the_file() =>
        Assert.Equal(
            filled.Module.Run("(Get-TandemPump).SerialNumber").Succeeded().OutputOf<string>(),
            Complete(filled.Module, "Set-TandemPump "));

    [Fact]
    public async Task Tab_knows_pumps_by_the_file_and_without_one_by_the_session()
    {
        await using var module = await SandboxedModule.StartAsync();

        module.Run($"{module.Connect}; Get-TandemPump | Out-Null").Succeeded();
        var serial = module.Server.Account.Pumps[0].SerialNumber;
        Assert.Equal([serial], Complete(module, "Get-TandemCgmReading -PumpSerial "));

        module.Run("Invoke-TandemBackfill; Disconnect-TandemSource").Succeeded();
        Assert.Equal([serial], Complete(module, "Invoke-TandemBackfill -PumpSerial "));
    }

    private static IReadOnlyList<string> Complete(SandboxedModule module, string typed) => module.Run(
        """
        param($Typed)
        [Management.Automation.CommandCompletion]::CompleteInput($Typed, $Typed.Length, $null).CompletionMatches.CompletionText
        """,
        typed).Succeeded().OutputOf<string>();
}

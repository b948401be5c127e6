using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Versions of the pump's settings.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_new_version_is_kept_only_when_the_hash_is_another()
    {
        await ShowAsync("A", 800);
        await ShowAsync("A", 800);
        await ShowAsync("B", 900);
        await ShowAsync("A", 800);

        Assert.Equal(["A", "B", "A"], await _file.QueryAsync<string>("SELECT settings_hash FROM pump_settings ORDER BY id"));
    }

    [Fact]
    public async Task Profiles_come_with_their_segments_in_real_units()
    {
        await ShowAsync("A", 800);

        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        var profiles = new RecordReader(database)
            .Read<Profile>(new RecordFilter(), TestContext.Current.CancellationToken).ToList();
        Assert.Equal(["Weekday", "Weekend"], profiles.Select(profile => profile.Name));
        Assert.Equal([true, false], profiles.Select(profile => profile.Active));
        Assert.Equal(25m, profiles[0].MaxBolus);
        Assert.Equal(TimeSpan.FromHours(5), profiles[0].InsulinDurationValue);
        Assert.Equal(2, profiles[0].Segments.Count);
        var second = profiles[0].Segments[1];
        Assert.Equal(
            ("06:00:00", 0.8m, 30, 6.5m, 110),
            (second.Start, second.BasalRate, second.CorrectionFactor, second.CarbRatio, second.TargetBg));
    }

    private Task ShowAsync(string hash, int rate)
    {
        var settings = $$"""
            {"settingsHash": "{{hash}}", "details": {"profiles": {"activeIdp": 0, "profile": [
              {"name": "Weekday", "idp": 0, "insulinDuration": 300, "carbEntry": "UnitsAsCarbs", "maxBolus": 25000, "timeDependentSegments": [
                {"startTime": 0, "basalRate": 700, "isf": 30, "carbRatio": 6000, "targetBg": 110},
                {"startTime": 360, "basalRate": {{rate}}, "isf": 30, "carbRatio": 6500, "targetBg": 110},
                {"startTime": 0, "basalRate": 0, "isf": 0, "carbRatio": 0, "targetBg": 0}]},
              {"name": "Weekend", "idp": 1, "insulinDuration": 300, "carbEntry": "UnitsAsCarbs", "maxBolus": 25000, "timeDependentSegments": []}]} } }
            """;
        var pump = StubSource.Pump("00000000-0000-4000-8000-000000000001", new DateTime(2025, 7, 1), new DateTime(2025, 7, 1), DateTimeOffset.UnixEpoch);
        pump = pump with { SettingsHash = hash, SettingsJson = settings };
        return _file.BackfillAsync(new StubSource([pump], (_, _, _) => """{"events": [], "clockChanges": []}"""));
    }
}

using TandemFetch.Engine.Tests.Support;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Figures that must agree: with each other, and with what really happened to a synthetic pump.</summary>
public sealed class TotalsTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, LongRun.IsAsked ? 20 : 2).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Boluses_readings_and_basal_agree_with_the_truth(ulong seed)
    {
        var log = SyntheticLog.Of(seed, days: 14, sparse: false, ClockHabits.Tidy);
        using var file = new TestDatabase();
        await file.BackfillAsync(log.Serving(log.Entries.Values));

        await BolusesAgreeAsync(log, file);
        await EveryGlucoseEntryIsAccountedForAsync(file);
        await BasalAgreesAsync(log, file);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Doses_are_counted_to_the_thousandth(ulong seed)
    {
        var log = SyntheticLog.Of(
            seed, days: 14, sparse: false, ClockHabits.Tidy, algorithm: ControlAlgorithm.SyncDose);
        using var file = new TestDatabase();
        await file.BackfillAsync(log.Serving(log.Entries.Values));

        await BolusesAgreeAsync(log, file);
        await EveryGlucoseEntryIsAccountedForAsync(file);
        await BasalAgreesAsync(log, file);
        var stored = await file.QueryAsync<double>("SELECT sum(basal_units)::DOUBLE FROM daily_totals");
        Assert.Equal(log.Pump.BasalUnitsByLocalDay().Sum(day => day.Value), Assert.Single(stored), 0.001);
    }

    private static async Task BolusesAgreeAsync(SyntheticLog log, TestDatabase file)
    {
        var disagreeing = await file.QueryAsync<string>(
            """
            WITH final AS (
                SELECT
                    boluses.log_position,
                    arg_max(json_extract_string(entry.event_data, '$.deliveredTotal')::DECIMAL(10, 3) / 1000, entry.log_position) AS total
                FROM boluses
                JOIN events AS entry
                  ON entry.log_position BETWEEN boluses.log_position AND boluses.last_position
                 AND entry.event_id = 280
                 AND json_extract_string(entry.event_data, '$.bolusId')::INTEGER = boluses.bolus_id
                WHERE boluses.ended IS NOT NULL
                GROUP BY boluses.log_position)
            SELECT concat_ws(' ', bolus_id, delivered, total) FROM boluses JOIN final USING (log_position) WHERE delivered <> total
            """);
        Assert.Empty(disagreeing);

        var stored = await file.QueryAsync<string>(
            "SELECT concat_ws(' ', bolus_id, log_position, kind, coalesce(carbs, 0), (requested * 1000)::INTEGER, (delivered * 1000)::INTEGER, ended IS NOT NULL) FROM boluses ORDER BY log_position");
        var truth = log.Pump.Boluses().Select(bolus => string.Join(
            ' ',
            new object?[]
            {
                bolus.BolusId, bolus.FirstSequence, Kind(bolus.Kind), bolus.Carbs, bolus.RequestedMilliunits, bolus.DeliveredMilliunits,
                bolus.EndedUtc is null ? "false" : "true",
            }.Where(value => value is not null)));
        var differences = truth.Except(stored).Concat(stored.Except(truth)).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine($"{stored.Count} boluses; differing: {string.Join("; ", differences)}");
        Assert.Empty(differences);
    }

    private static string Kind(BolusKind kind) => kind switch
    {
        BolusKind.Remote => "Standard",
        BolusKind.RemoteExtended => "Extended",
        BolusKind.RemoteRecommended => "BLE with AID Recommendation Bolus",
        _ => kind.ToString(),
    };

    private static async Task EveryGlucoseEntryIsAccountedForAsync(TestDatabase file)
    {
        Assert.Equal([0L], await file.QueryAsync<long>(
            """
            SELECT count(*) FROM events
            WHERE event_id IN (256, 372, 399, 480)
              AND (id IN (SELECT events_id FROM cgm_readings))::INTEGER + (id IN (SELECT events_id FROM bookkeeping.cgm_omissions))::INTEGER <> 1
            """));
        var counts = await file.QueryAsync<string>(
            "SELECT concat_ws(' ', reason, count(*)) FROM bookkeeping.cgm_omissions GROUP BY reason UNION SELECT concat_ws(' ', 'readings', count(*)) FROM cgm_readings");
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", counts));
        Assert.DoesNotContain(counts, count => count.StartsWith("NoValue", StringComparison.Ordinal));
    }

    private static async Task BasalAgreesAsync(SyntheticLog log, TestDatabase file)
    {
        var stored = (await file.QueryAsync<Day>("SELECT day::VARCHAR AS date, basal_units::DOUBLE AS units FROM daily_totals"))
            .ToDictionary(day => DateOnly.ParseExact(day.Date, "yyyy-MM-dd"), day => day.Units);
        var worst = 0.0;
        foreach (var (day, units) in log.Pump.BasalUnitsByLocalDay().SkipLast(1))
        {
            var difference = Math.Abs(stored[day] - units) / Math.Max(units, 1);
            worst = Math.Max(worst, difference);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"basal: worst day {worst:P3} from the truth");
        Assert.True(worst <= 0.005, $"worst day {worst:P3}");
    }

    private sealed record Day(string Date, double Units);
}

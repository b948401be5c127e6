using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>
/// A year of one pump: 110,000 readings, 100,000 basal rates and 3,000 boluses. Without <c>TANDEM_TESTS=long</c>, a tenth
/// of it.
/// </summary>
public sealed class YearTests
{
    private const int BatchSize = 1000;

    private static readonly int Parts = LongRun.IsAsked ? 1 : 10;
    private static readonly int Readings = 110_000 / Parts;
    private static readonly int Rates = 100_000 / Parts;
    private static readonly int Boluses = 3_000 / Parts;

    [Fact]
    public async Task A_year_is_sent_in_batches_and_the_second_run_sends_nothing()
    {
        using var file = await PumpFile.CreateAsync();
        await using var site = await StubSite.StartAsync();
        Fill(file);

        var uploads = await site.PublishAsync(file);

        Assert.Equal(
            [(NightscoutContent.Glucose, (long)Readings), (NightscoutContent.Bolus, Boluses), (NightscoutContent.Basal, Rates)],
            uploads.Select(upload => (upload.What, upload.Sent)));
        Assert.Equal(Readings, site.Server.Entries.Count);
        Assert.Equal(Rates + Boluses, site.Server.Treatments.Count);
        var posts = site.Server.Requests.All.Where(request => request.Method == "POST").ToList();
        Assert.Equal(Batches(Readings) + Batches(Rates) + Batches(Boluses), posts.Count);
        Assert.Equal(Readings + Rates + Boluses, posts.Sum(post => post.Documents));
        Assert.All(posts, post => Assert.InRange(post.Documents, 1, BatchSize));
        Assert.Equal(posts.Count + 1, site.Server.Requests.Count("GET"));
        Assert.Equal(
            Readings + Rates + Boluses,
            file.Database.Scalar<int>("SELECT count(*)::INTEGER FROM bookkeeping.nightscout_documents WHERE state = 'Sent'"));

        site.Server.Requests.Clear();
        file.Execute("SELECT 1");
        Assert.Empty(await site.PublishAsync(file));
        Assert.Empty(site.Server.Requests.All);
    }

    private static int Batches(int documents) => (documents + BatchSize - 1) / BatchSize;

    private static void Fill(PumpFile file) => file.Execute(
        $"""
        INSERT INTO cgm_readings BY NAME
        SELECT range AS id, range AS events_id, 'device-{PumpFile.Serial}' AS device_assignment_id, range AS log_position,
            TIMESTAMPTZ '2025-01-01 00:00:00+00' + range * INTERVAL 287 SECOND AS timestamp,
            TIMESTAMP '2025-01-01 00:00:00' AS pump_time,
            40 + range % 360 AS glucose, 'Normal' AS status, 0.5 AS rate_of_change, 'G7' AS sensor, false AS backfilled
        FROM range({Readings});

        INSERT INTO basal_deliveries BY NAME
        SELECT range AS id, range AS events_id, 'device-{PumpFile.Serial}' AS device_assignment_id, range AS log_position,
            TIMESTAMPTZ '2025-01-01 00:00:00+00' + range * INTERVAL 300 SECOND AS timestamp,
            TIMESTAMP '2025-01-01 00:00:00' AS pump_time,
            (range % 7) / 4 AS rate, 'Algorithm' AS rate_source, 300 AS duration_seconds,
            TIMESTAMPTZ '2025-01-01 00:05:00+00' + range * INTERVAL 300 SECOND AS ended, range + 1 AS ended_position
        FROM range({Rates});

        INSERT INTO boluses BY NAME
        SELECT range AS id, range AS events_id, 'device-{PumpFile.Serial}' AS device_assignment_id, range AS log_position,
            TIMESTAMPTZ '2025-01-01 00:00:00+00' + range * INTERVAL 10500 SECOND AS timestamp,
            TIMESTAMPTZ '2025-01-01 00:00:10+00' + range * INTERVAL 10500 SECOND AS started,
            TIMESTAMPTZ '2025-01-01 00:02:00+00' + range * INTERVAL 10500 SECOND AS ended,
            TIMESTAMP '2025-01-01 00:00:00' AS pump_time, range AS last_position,
            range AS bolus_id, 'Standard' AS kind, 'Completed' AS status, 2.5 AS delivered, 2.5 AS delivered_now, 30 AS carbs
        FROM range({Boluses})
        """);
}

using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>A year of one pump: 110,000 readings, 100,000 basal rates and 3,000 boluses.</summary>
public sealed class YearTests
{
    private const int Readings = 110_000;
    private const int Rates = 100_000;
    private const int Boluses = 3_000;

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
        Assert.Equal((Readings + Rates + Boluses) / 1000, posts.Count);
        Assert.All(posts, post => Assert.Equal(1000, post.Documents));
        Assert.Equal(posts.Count + 1, site.Server.Requests.Count("GET"));
        Assert.Equal(
            Readings + Rates + Boluses,
            file.Database.Scalar<int>("SELECT count(*)::INTEGER FROM bookkeeping.nightscout_documents WHERE state = 'Sent'"));

        site.Server.Requests.Clear();
        file.Execute("SELECT 1");
        Assert.Empty(await site.PublishAsync(file));
        Assert.Empty(site.Server.Requests.All);
    }

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

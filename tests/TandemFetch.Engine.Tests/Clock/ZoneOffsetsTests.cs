using System.Globalization;
using DuckDB.NET.Data;
using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Tests.Clock;

/// <summary>Time zones as DuckDB knows them.</summary>
public sealed class ZoneOffsetsTests
{
    /// <summary>The law: records and <c>timestamp::DATE</c> always agree.</summary>
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("America/Winnipeg")]
    [InlineData("America/St_Johns")]
    [InlineData("America/Havana")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Atlantic/Azores")]
    [InlineData("Antarctica/Casey")]
    [InlineData("Asia/Gaza")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Pacific/Apia")]
    public void Every_moment_has_the_offset_that_a_query_sees(string name)
    {
        var zone = ZoneRules.Find(name);
        var random = new Random(20_260_401);
        var from = new DateTimeOffset(2007, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var moments = zone.Changes.Skip(1).SelectMany(change => new[] { change.Starts - 1_000_000, change.Starts, change.Starts + 1_000_000 })
            .Concat(Enumerable.Range(0, 500).Select(_ => (from.ToUnixTimeSeconds() + (long)(random.NextDouble() * 38 * 365 * 86_400)) * 1_000_000))
            .ToList();

        var seen = Query<long>($"SELECT epoch_us(timezone('{name}', make_timestamptz(t))) - t FROM unnest([{string.Join(", ", moments)}]) AS moment(t)");

        Assert.Equal(seen, moments.Select(moment => zone.ToLocal(moment).Offset.Ticks / TimeSpan.TicksPerMicrosecond));
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z")]
    [InlineData("America/Havana", "2025-11-02", "2025-11-02T04:00:00Z")] // 01:00 becomes 00:00: the first midnight
    [InlineData("Atlantic/Azores", "2025-10-26", "2025-10-26T00:00:00Z")]
    [InlineData("Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z")] // 00:00 becomes 01:00: the day begins at one
    [InlineData("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z")]
    [InlineData("America/Santiago", "2024-09-08", "2024-09-08T04:00:00Z")]
    [InlineData("America/Santiago", "2024-04-07", "2024-04-07T04:00:00Z")] // 24:00 becomes 23:00 of the day before
    [InlineData("America/Asuncion", "2024-03-24", "2024-03-24T04:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z")] // a day that was left out: the next one begins
    public void A_day_begins_at_the_first_moment_whose_local_date_is_that_day(string name, string day, string begins)
    {
        var zone = ZoneRules.Find(name);
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);

        var start = zone.StartOf(date);

        Assert.Equal(DateTimeOffset.Parse(begins, CultureInfo.InvariantCulture), start);
        Assert.True(DateOnly.FromDateTime(zone.ToLocal(start).DateTime) >= date);
        Assert.True(DateOnly.FromDateTime(zone.ToLocal(start.AddMicroseconds(-1)).DateTime) < date);
    }

    [Theory]
    [InlineData("america/new_york", "America/New_York")]
    [InlineData("EUROPE/BERLIN", "Europe/Berlin")]
    [InlineData("Eastern Standard Time", "America/New_York")]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("Etc/UTC", "Etc/UTC")]
    public void A_zone_goes_by_the_name_that_DuckDB_has_for_it(string given, string name) => Assert.Equal(name, ZoneRules.Find(given).Name);

    [Theory]
    [InlineData("Mars/Olympus_Mons")]
    [InlineData("")]
    [InlineData("+05:00")]
    [InlineData("'; DROP TABLE pumps")]
    public void A_zone_that_there_is_not_is_named(string name)
    {
        var failure = Assert.Throws<TandemException>(() => ZoneRules.Find(name));

        Assert.Equal(ClockErrors.TimeZoneUnknown, failure.ErrorId);
        Assert.Contains($"'{name}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue, "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData(-long.MaxValue, "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData(253_402_300_799_000_000, "9999-12-31T18:59:59.0000000-05:00")]
    [InlineData(-62_135_596_800_000_000, "0001-01-01T00:00:00.0000000+00:00")] // in New York it is the year before the first
    public void What_dotnet_cannot_show_is_its_first_or_last_moment(long microseconds, string expected) =>
        Assert.Equal(expected, ZoneRules.Find("America/New_York").ToLocal(microseconds).ToString("O", CultureInfo.InvariantCulture));

    private static List<T> Query<T>(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read())
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }
}

using TandemFetch.Engine.Analytics.Glucose;
using TandemFetch.Engine.Analytics.Insulin;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Lake;

/// <summary>A lake says the same as the database that was published.</summary>
[Collection(LakeSource.Tests)]
public sealed class ReadingTests(LakeSource source)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Tables =>
        [.. DomainTables.All.Select(table => table.Name), "clock_spans", "profile_segments", "pump_settings", "pumps"];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Every_table_has_the_same_rows(string table)
    {
        var lake = source.Published;
        using var database = await source.OpenAsync();
        using var opened = LakeSource.OpenLake(lake);

        var columns = database.Query<string>(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = $table ORDER BY column_index", new { table });
        var rows = $"SELECT ROW({string.Join(", ", columns)})::VARCHAR AS line FROM {table} ORDER BY line";
        var expected = database.Query<string>(rows);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, opened.Query<string>(rows));
    }

    [Fact]
    public async Task Measures_are_the_same_to_the_last_digit()
    {
        var lake = source.Published;
        using var database = await source.OpenAsync();

        foreach (var serial in source.Serials)
        {
            using var opened = LakeSource.OpenLake(lake, serial);
            var filter = new RecordFilter { PumpSerials = [serial] };
            Assert.Equivalent(
                GlucoseMeasures.Measure(database, filter, GlucoseRanges.Standard, Cancellation),
                GlucoseMeasures.Measure(opened, filter, GlucoseRanges.Standard, Cancellation),
                strict: true);
            Assert.Equivalent(
                InsulinMeasures.Days(database, filter, Cancellation),
                InsulinMeasures.Days(opened, filter, Cancellation),
                strict: true);
        }
    }

    [Fact]
    public async Task Only_the_files_of_the_selected_pumps_are_opened()
    {
        var lake = source.NewPublishedLake();
        File.Delete(lake.FileOf("cgm_readings", source.Serials.Single(serial => serial != source.Current)));

        using var opened = LakeSource.OpenLake(lake, source.Current);

        Assert.True(opened.Scalar<long>("SELECT count(*) FROM cgm_readings") > 1_000);
        Assert.Equal([source.Current], opened.Query<string>("SELECT DISTINCT pump FROM cgm_readings"));
        var unknown = Assert.Throws<TandemException>(() => LakeSource.OpenLake(lake, "123"));
        Assert.Equal("PumpUnknown", unknown.ErrorId);
    }

    [Fact]
    public async Task A_folder_whose_name_looks_like_a_pattern_is_not_mistaken_for_another()
    {
        var folder = Path.GetDirectoryName(source.NewLake().Path)!;
        var (lake, other) = (new LakeFolder(Path.Join(folder, "lake [x]")), new LakeFolder(Path.Join(folder, "lake x")));
        using (var database = await source.OpenAsync())
        {
            LakeSource.Publish(database, new LakeRequest(lake));
        }

        using (var earlier = await source.OpenEarlierAsync())
        {
            LakeSource.Publish(earlier, new LakeRequest(other));
        }

        using var opened = LakeSource.OpenLake(lake);
        using var original = LakeSource.OpenLake(source.Published);
        const string Count = "SELECT count(*) FROM cgm_readings";
        Assert.Equal(original.Scalar<long>(Count), opened.Scalar<long>(Count));
        Assert.Empty(LakeSource.Failed(lake));
    }

    [Fact]
    public void A_message_does_not_list_thousands_of_pumps()
    {
        var known = Enumerable.Range(90_000_000, 1_000).Select(number => $"{number}");

        var failure = Assert.Throws<TandemException>(() => PumpSerials.Check(["123"], known));

        Assert.Contains("90000009 and 990 others", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("90000010", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_are_ready_to_be_analyzed_are_those_of_the_measures()
    {
        var lake = source.Published;
        using var opened = LakeSource.OpenLake(lake);
        var serial = source.Current;
        var filter = new RecordFilter { PumpSerials = [serial] };
        using var database = await source.OpenAsync();
        var whole = GlucoseMeasures.Measure(database, filter, GlucoseRanges.Standard, Cancellation);
        var days = GlucoseMeasures
            .MeasureBy(database, filter, GlucoseRanges.Standard, GlucoseGrouping.Day, Cancellation).ToList();
        var insulin = InsulinMeasures.Days(database, filter, Cancellation);

        var (readings, covered, mean) = opened.Query<(long, long, double)>(
            "SELECT count(*), sum(seconds)::BIGINT, sum(glucose * seconds) / sum(seconds) FROM glucose_values "
            + "WHERE pump = $serial", new { serial })[0];
        Assert.Equal(
            (whole.Readings, (long)whole.CoveredTimeValue.TotalSeconds), (readings, covered));
        Assert.Equal(whole.Mean!.Value, mean, 1e-9);

        var metrics = opened.Query<(DateOnly Day, double? InRange, double? Total, double? Covered)>(
            "SELECT day, in_range_percent, total_units, covered_seconds::DOUBLE FROM daily_metrics WHERE pump = $serial "
            + "ORDER BY day", new { serial });
        Assert.Equal(
            days.Select(day => day.InRangePercent), metrics.Select(day => day.InRange).Where(value => value is not null));
        Assert.Equal(days.Sum(day => day.CoveredTimeValue.TotalSeconds), metrics.Sum(day => day.Covered ?? 0));
        Assert.Equal(
            insulin.Select(day => (day.DayValue!.Value, (double?)day.TotalUnits)),
            metrics.Where(day => day.Total is not null).Select(day => (day.Day, day.Total)));
        Assert.Equal(
            database.Scalar<decimal>($"SELECT sum(delivered) FROM boluses WHERE delivered > 0 AND {Of(database, serial)}"),
            opened.Scalar<decimal>("SELECT sum(units) FROM bolus_doses WHERE pump = $serial", new { serial }));

        // A day's basal insulin is that of the rates that lie in it; a rate across midnight belongs to both days.
        var basal = opened.Scalar<double>(
            "SELECT sum(units)::DOUBLE FROM basal_rates WHERE pump = $serial", new { serial });
        Assert.Equal((double)insulin.Sum(day => day.BasalUnits!.Value), basal, 0.5);
        Assert.Equal(
            0,
            opened.Scalar<long>(
                $"SELECT count(*) FROM glucose_values WHERE local_time <> timezone('{TestDatabase.Zone}', timestamp)"));
    }

    /// <summary>Whole numbers of 64 bits at most, V1 pages, and names that say which times are not true.</summary>
    [Fact]
    public async Task Every_column_has_a_type_that_other_readers_understand()
    {
        string[] types =
        [
            "BIGINT", "BOOLEAN", "DATE", "DOUBLE", "INTEGER", "SMALLINT", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "VARCHAR",
        ];
        var lake = source.Published;
        var columns = lake.TableNames()
            .Select(table => LakeJson.Read<TableDescription>(lake.DescriptionOf(table))!)
            .SelectMany(table => table.Columns.Select(column => (table.Table, column.Name, column.Type, column.Description)))
            .ToList();

        Assert.True(columns.Count > 150);
        Assert.All(columns, column => Assert.True(
            types.Contains(column.Type) || column.Type.StartsWith("DECIMAL", StringComparison.Ordinal), $"{column}"));
        Assert.All(columns, column => Assert.False(string.IsNullOrEmpty(column.Description), $"{column}"));
        Assert.All(
            columns.Where(column => column.Type == "TIMESTAMP" && column.Name != "local_time"),
            column => Assert.EndsWith("wall_clock", column.Name, StringComparison.Ordinal));
        Assert.All(
            columns.Where(column => column.Name == "pump"), column => Assert.Equal("VARCHAR", column.Type));
    }

    private static string Of(TandemDatabase database, string serial) => "device_assignment_id IN ("
        + string.Join(", ", database.Query<string>(
            "SELECT device_assignment_id FROM pumps WHERE serial_number = $serial", new { serial })
            .Select(SqlText.Literal)) + ")";
}

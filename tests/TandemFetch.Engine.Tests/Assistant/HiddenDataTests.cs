using TandemFetch.Engine.Assistant;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Assistant;

/// <summary>What an assistant never sees.</summary>
public sealed class HiddenDataTests(AssistedFile file)
{
    private static readonly DateTimeOffset Bound = new(2024, 3, 20, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task No_table_shows_what_identifies_a_pump_or_its_account()
    {
        using var database = await file.OpenAsync(scope => scope with { Include = Enum.GetValues<AssistantPart>() });
        var query = new GuardedQuery(database, AssistedFile.Limits with { Bytes = int.MaxValue, Rows = int.MaxValue });
        var shown = database.File.Tables
            .Select(table => string.Join("\n", query.Run($"FROM {table.Name}", int.MaxValue).Rows
                .Select(row => row.ToJsonString()).Prepend(table.ToString() + string.Join(' ', table.Columns))))
            .ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, text => Assert.DoesNotContain(AssistedFile.Serial, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(
            shown, text => Assert.DoesNotContain(AssistedFile.Assignment, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(
            shown, text => Assert.DoesNotContain("tandem-test-", text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Names_in_tables_of_ones_own_are_replaced()
    {
        using var database = await file.OpenAsync();

        var row = new GuardedQuery(database, AssistedFile.Limits).Run("FROM own.notes", 10).Rows[0];

        Assert.Equal("about pump and pump", (string?)row[1]);
        Assert.Null(row[2]);
        Assert.Equal(12.5, (double)row[3]!);
        Assert.Equal("[pump, b]", (string?)row[4]);
    }

    [Fact]
    public async Task The_name_of_a_pump_that_is_new_since_the_file_was_read_is_not_shown()
    {
        using var own = new TestDatabase();
        using (var written = await own.OpenAsync())
        {
            written.Execute(
                "CREATE SCHEMA IF NOT EXISTS own; CREATE TABLE own.notes AS SELECT 'about 555-000' AS note");
        }

        var scope = new AssistantScope(own.Path);
        var cancellation = TestContext.Current.CancellationToken;
        var read = await VisibleFile.ReadAsync(scope, AssistedFile.Limits, cancellation);
        using (var written = await own.OpenAsync())
        {
            written.Execute(
                "INSERT INTO pumps BY NAME SELECT 'new-pump' AS device_assignment_id, '555-000' AS serial_number, "
                + "'UTC' AS time_zone");
        }

        using var stale = await GuardedDatabase.OpenAsync(scope, AssistedFile.Limits, read, cancellation);
        using var database = await GuardedDatabase.OpenAsync(scope, AssistedFile.Limits, cancellation);

        Assert.Null(stale);
        Assert.Equal(
            "about pump", (string?)new GuardedQuery(database, AssistedFile.Limits).Run("FROM own.notes", 1).Rows[0][0]);
    }

    [Fact]
    public async Task A_pump_is_a_number()
    {
        using var database = await file.OpenAsync();
        var query = new GuardedQuery(database, AssistedFile.Limits);

        var pumps = query.Run("FROM pumps", 10);

        Assert.Equal("pump", pumps.Columns[0]);
        Assert.DoesNotContain("serial_number", pumps.Columns);
        Assert.Equal(1, (long)pumps.Rows[0][0]!);
        Assert.Equal("[1]", query.Run("SELECT DISTINCT pump FROM boluses", 10).Rows.Single().ToJsonString());
    }

    [Fact]
    public async Task Nothing_before_the_bound_is_visible()
    {
        using var all = await file.OpenAsync(scope => scope with { Include = Enum.GetValues<AssistantPart>() });
        using var bound = await file.OpenAsync(
            scope => scope with { Include = Enum.GetValues<AssistantPart>(), Since = Bound });

        var timed = bound.File.Tables.Where(table => table.Time is not null).ToList();

        Assert.Contains(timed, table => table.Name == "raw_events" || table.Name == "events");
        Assert.DoesNotContain(bound.File.Tables, table => table.Time is null && table.Name != "pumps");
        Assert.Contains(timed, table => CountOf(all, table) > CountOf(bound, table) && CountOf(bound, table) > 0);
        Assert.All(timed, table => Assert.Equal(
            CountOf(all, table, $"WHERE \"{table.Time}\" >= TIMESTAMPTZ '2024-03-20 00:00:00+00'"), CountOf(bound, table)));
        Assert.DoesNotContain("first_event", bound.File.Tables.Single(table => table.Name == "pumps").Columns
            .Select(column => column.Name));
    }

    [Fact]
    public async Task No_condition_of_a_query_is_evaluated_for_a_row_before_the_bound()
    {
        using var database = await file.OpenAsync(scope => scope with { Since = Bound });
        var query = new GuardedQuery(database, AssistedFile.Limits);

        // It fails for every row before the bound, and for no other.
        var rows = query.Run(
            "SELECT count(*) FROM cgm_readings WHERE "
            + "CASE WHEN timestamp < TIMESTAMPTZ '2024-03-20 00:00:00+00' THEN 'x' ELSE '1' END::INTEGER = 1", 1);

        Assert.True((long)rows.Rows[0][0]! > 0);
    }

    private static long CountOf(GuardedDatabase database, VisibleTable table, string where = "") =>
        (long)new GuardedQuery(database, AssistedFile.Limits)
            .Run($"SELECT count(*) FROM {table.Name} {where}", 1).Rows[0][0]!;
}

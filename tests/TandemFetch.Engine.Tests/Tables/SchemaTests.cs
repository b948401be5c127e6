using DuckDB.NET.Data;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Tables;

/// <summary>A file has the same tables whether this version created it or updated it.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly TestDatabase _new = new();
    private readonly TestDatabase _old = new();

    public static TheoryData<int> OlderVersions => [.. Migration.All.SkipLast(1).Select(step => step.Version)];

    public void Dispose()
    {
        _new.Dispose();
        _old.Dispose();
    }

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public async Task A_file_of_an_older_version_gets_the_tables_columns_and_comments_of_a_new_one(int version)
    {
        MakeOld(version);

        Assert.Equal(await DescribeAsync(_new), await DescribeAsync(_old));
        Assert.Equal([Migration.Newest], await _old.QueryAsync<int>("SELECT max(version) FROM bookkeeping.schema_migrations"));
    }

    [Fact]
    public void The_version_that_is_written_is_that_of_the_last_step() =>
        Assert.Equal(Migration.Newest, Migration.All[^1].Version);

    [Fact]
    public async Task What_an_older_version_had_marked_is_derived_for_the_tables_that_it_was_marked_for()
    {
        MakeOld(
            7,
            "INSERT INTO underived_ranges VALUES ('d', 1, 9, true), ('d', 20, 30, false)");

        (await _old.OpenAsync()).Dispose();

        Assert.Equal(
            ["1 9", "20 30 basal_deliveries", "20 30 cgm_readings"],
            await _old.QueryAsync<string>(
                "SELECT concat_ws(' ', first_position, last_position, table_name) AS line "
                + "FROM bookkeeping.underived_ranges ORDER BY line"));
    }

    [Fact]
    public async Task What_an_older_version_had_stored_of_an_entry_stays_as_received()
    {
        const string Received = """{"pumpDateTime" : "2026-04-30T10:04:05.5",  "\u00e9é":[1.50,1E3], "a":1,"a":2}""";
        MakeOld(
            17,
            $$"""
            INSERT INTO raw_events
            SELECT
                range, now(), 'd', 0, range, 0, 279, TIMESTAMP '2026-04-30 10:04:05', '{"property": ' || range || ' }',
                CASE WHEN range % 3 = 0 THEN '{{Received}}' END
            FROM range(30_000)
            """);

        (await _old.OpenAsync()).Dispose();

        Assert.Equal(
            [$"0 10000 {Received}", "1 20000"],
            await _old.QueryAsync<string>(
                "SELECT concat_ws(' ', (id % 3 > 0)::INTEGER, count(*), envelope) AS line FROM raw_events "
                + "WHERE raw_event_data::VARCHAR = '{\"property\": ' || id || ' }' GROUP BY id % 3 > 0, envelope ORDER BY line"));
        Assert.DoesNotContain(
            "ZSTD",
            await _old.QueryAsync<string>(
                "SELECT compression FROM pragma_storage_info('raw_events') WHERE column_name = 'envelope'"));
    }

    private void MakeOld(int version, string change = "SELECT 1")
    {
        using var connection = new DuckDBConnection($"DataSource={_old.Path};storage_compatibility_version=latest");
        connection.Open();
        Execute("CREATE TABLE schema_migrations (version INTEGER NOT NULL, name VARCHAR, applied TIMESTAMPTZ)");
        foreach (var step in Migration.All.Where(step => step.Version <= version))
        {
            Execute(step.Sql);
            var schema = step.Version < 14 ? "main" : "bookkeeping";
            Execute($"INSERT INTO {schema}.schema_migrations VALUES ({step.Version}, '{step.Name}', now())");
        }

        Execute(change);

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static async Task<IReadOnlyList<string>> DescribeAsync(TestDatabase file)
    {
        (await file.OpenAsync()).Dispose();
        return await file.QueryAsync<string>(
            """
            SELECT concat_ws(' | ', t.table_name, t.comment, c.column_index, c.column_name, c.data_type, c.is_nullable,
                c.column_default, c.comment) AS line
            FROM duckdb_tables() AS t
            JOIN duckdb_columns() AS c USING (database_oid, schema_oid, table_oid)
            WHERE NOT t.temporary
            ORDER BY line
            """);
    }
}

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

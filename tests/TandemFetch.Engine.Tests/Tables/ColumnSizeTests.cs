using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Tables;

/// <summary>What the columns of a file take of it.</summary>
public sealed class ColumnSizeTests : IDisposable
{
    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_column_that_is_null_in_most_rows_takes_next_to_no_space()
    {
        const double BytesPerRow = 0.5;
        var log = SyntheticLog.Of(seed: 5, days: 60, sparse: false);
        await _file.BackfillAsync(log.Serving(log.Entries.Values));

        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        var columns = MostlyNull(database).ToList();

        Assert.Contains("raw_events.envelope", columns.Select(column => column.Name));
        Assert.Contains("basal_deliveries.temp_rate", columns.Select(column => column.Name));
        Assert.All(columns, column => Assert.True(
            BytesOf(database, column) < BytesPerRow * column.Rows,
            $"{column.Name} takes {BytesOf(database, column)} bytes in {column.Rows} rows."));
    }

    /// <summary>The columns of tables with whole row groups that are null in more than half of the rows.</summary>
    private static IEnumerable<Column> MostlyNull(TandemDatabase database) =>
        from column in database.Query<(string Table, string Name)>(
            "SELECT concat_ws('.', nullif(schema_name, 'main'), table_name), column_name FROM duckdb_columns() "
            + "JOIN duckdb_tables() USING (database_oid, schema_oid, table_oid, schema_name, table_name) "
            + "WHERE is_nullable")
        let counts = database.Query<(long Rows, long Values)>(
            $"SELECT count(*), count({column.Name}) FROM {column.Table}").Single()
        where counts.Rows >= RowGroup.Rows && counts.Values < counts.Rows / 2
        select new Column(column.Table, column.Name, counts.Rows);

    /// <summary>
    /// What a column takes: a segment reaches to the next one in its block. What is left of a block after its last
    /// segment belongs to no column; blocks that follow for one segment alone do.
    /// </summary>
    private static long BytesOf(TandemDatabase database, Column column) => database.Scalar<long>(
        $"""
        WITH segments AS (
            SELECT DISTINCT column_name, block_id, block_offset, len(additional_block_ids) AS more_blocks
            FROM pragma_storage_info('{column.Table}')
            WHERE block_id >= 0
        ), sizes AS (
            SELECT
                column_name,
                lead(block_offset, 1, block_offset) OVER (PARTITION BY block_id ORDER BY block_offset) - block_offset
                    + coalesce(more_blocks, 0) * {DatabaseConnector.BlockSize} AS bytes
            FROM segments
        )
        SELECT coalesce(sum(bytes) FILTER (WHERE column_name = '{column.Field}'), 0)::BIGINT FROM sizes
        """);

    private sealed record Column(string Table, string Field, long Rows)
    {
        public string Name => $"{Table}.{Field}";
    }
}

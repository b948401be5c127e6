using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Tables;

/// <summary>
/// Given a few entries of one day, a table has exactly these rows, whether the entries arrive together, or one by one
/// with the last one first. The pump's clock is four hours behind UTC.
/// </summary>
/// <param name="table">The table.</param>
public abstract class TableTest(string table) : IDisposable
{
    private const string Device = "00000000-0000-4000-8000-000000000009";
    private static readonly DateTime Day = new(2026, 4, 30);

    private readonly List<string> _entries = [];
    private readonly TestDatabase _together = new();
    private readonly TestDatabase _oneByOne = new();

    /// <summary>The table that a test class is about.</summary>
    internal string Table => table;

    public void Dispose()
    {
        _together.Dispose();
        _oneByOne.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Seconds since 2008 of a time of the day, as entries of the glucose sensor count them.</summary>
    protected static long Seconds(int hour, int minute, int second = 0) =>
        (long)(Day.Add(new TimeSpan(hour, minute, second)) - new DateTime(2008, 1, 1)).TotalSeconds;

    /// <summary>Makes the pump log an entry.</summary>
    /// <param name="position">Its log position.</param>
    /// <param name="time">The pump's clock.</param>
    /// <param name="code">Its kind.</param>
    /// <param name="properties">Its properties as the server sends them.</param>
    protected void Given(int position, string time, int code, string properties) => _entries.Add(
        $$"""
        {"deviceAssignmentId":"{{Device}}","eventCode":{{code}},"sequenceGroup":0,"sequenceNumber":{{position}},
        "pumpDateTime":"2026-04-30T{{time}}","estimatedDateTime":"2026-04-30T{{time}}Z",
        "eventProperties":{{properties}}}
        """);

    /// <summary>
    /// The table's rows in order: each column that has a value, times in UTC and then by the pump's clock.
    /// </summary>
    protected async Task ExpectAsync(params string[] rows)
    {
        var key = DomainTables.All.Single(known => known.Name == table).Key[^1];
        await _together.BackfillAsync(Source(_entries));
        Assert.Equal(rows, await RowsAsync(_together, table, key));

        foreach (var entry in Enumerable.Reverse(_entries))
        {
            await _oneByOne.BackfillAsync(Source([entry]), new BackfillRequest { Rebuild = false });
        }

        Assert.Equal(rows, await RowsAsync(_oneByOne, table, key));
        await SameTables.AssertRowsAsync(_together, _oneByOne);
        await SameTables.AssertWholeAsync(_oneByOne);
    }

    /// <summary>The rows of another table after <see cref="ExpectAsync"/>, such as a companion.</summary>
    private protected async Task ExpectOfAsync(string name, string order, params string[] rows)
    {
        Assert.Equal(rows, await RowsAsync(_together, name, order));
        Assert.Equal(rows, await RowsAsync(_oneByOne, name, order));
    }

    private static StubSource Source(IEnumerable<string> entries)
    {
        var page = $$"""{"events":[{{string.Join(",", entries)}}],"clockChanges":[]}""";
        return new StubSource([StubSource.Pump(Device, Day, Day.AddHours(23))], (_, _, _) => page);
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(TestDatabase file, string name, string order)
    {
        using var database = await file.OpenAsync(DatabaseAccess.Read);
        var columns = database.Query<Column>(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $name ORDER BY column_index",
            new { name = SqlText.Unqualified(name) }).Where(column => column.ColumnName is not ("id" or "events_id" or "device_assignment_id"));
        var values = string.Join(", ", columns.Select(column => $"'{column.ColumnName}=' || {column.AsText}"));
        return database.Query<string>($"SELECT concat_ws(' ', {values}) FROM {name} ORDER BY {order}");
    }

    private sealed record Column(string ColumnName, string DataType)
    {
        public string AsText => DataType switch
        {
            "TIMESTAMP WITH TIME ZONE" => $"strftime(timezone('UTC', {ColumnName}), '%H:%M:%S')",
            "TIMESTAMP" => $"strftime({ColumnName}, '%H:%M:%S')",
            _ => $"{ColumnName}::VARCHAR",
        };
    }
}

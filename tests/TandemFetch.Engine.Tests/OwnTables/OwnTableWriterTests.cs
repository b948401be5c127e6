using TandemFetch.Engine.OwnTables;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.OwnTables;

/// <summary>Tables of users' own objects get types from their values and lose none of them.</summary>
public sealed class OwnTableWriterTests : IDisposable
{
    private static readonly DateTimeOffset Moment = new(2026, 4, 1, 12, 0, 0, TimeSpan.FromHours(2));

    private readonly TestDatabase _file = new();
    private TandemDatabase? _open;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Values of a column, and what they are in the file.</summary>
    public static TheoryData<object?[], string, string> Columns => new()
    {
        { [1, 2L, (byte)3], "BIGINT", "1, 2, 3" },
        { [null, 5], "BIGINT", "NULL, 5" },
        { [1, 2.25m, -0.125m], "DECIMAL(38,3)", "1.000, 2.250, -0.125" },
        { [79228162514264337593543950335m, 1], "DECIMAL(38,0)", "79228162514264337593543950335, 1" },
        { [79228162514264337593543950335m, 0.00000000000001m], "DOUBLE", "7.922816251426434e+28, 1e-14" },
        { [1, 2.5m, 0.1f, double.NaN], "DOUBLE", "1.0, 2.5, 0.1, nan" },
        { [ulong.MaxValue, 1], "DECIMAL(38,0)", "18446744073709551615, 1" },
        { [true, false, null], "BOOLEAN", "true, false, NULL" },
        { [Moment], "TIMESTAMP WITH TIME ZONE", "2026-04-01 10:00:00+00" },
        { [new DateTime(2026, 4, 1, 8, 0, 0, DateTimeKind.Utc)], "TIMESTAMP WITH TIME ZONE", "2026-04-01 08:00:00+00" },
        { [new DateTime(2026, 4, 1, 8, 0, 0, 250)], "TIMESTAMP", "2026-04-01 08:00:00.25" },
        { [new DateOnly(1969, 12, 31)], "DATE", "1969-12-31" },
        { [new DateOnly(2026, 4, 1), new DateTime(2026, 4, 1, 8, 0, 0)], "TIMESTAMP", "2026-04-01 00:00:00, 2026-04-01 08:00:00" },
        { [new TimeOnly(8, 30)], "TIME", "08:30:00" },
        { [TimeSpan.FromMinutes(-90), TimeSpan.FromDays(2)], "INTERVAL", "-01:30:00, 48:00:00" },
        { ["a", "", null], "VARCHAR", "a, , NULL" },
        { [DayOfWeek.Monday, 'x', new Version(1, 2)], "VARCHAR", "Monday, x, 1.2" },
        { [null, null], "VARCHAR", "NULL, NULL" },

        // As Import-Csv returns them.
        { ["12", "", "-3"], "BIGINT", "12, NULL, -3" },
        { ["12", "1.50"], "DECIMAL(38,2)", "12.00, 1.50" },
        { ["1E-05", "2"], "DOUBLE", "1e-05, 2.0" },
        { ["True", "false"], "BOOLEAN", "true, false" },
        { ["2026-04-01"], "DATE", "2026-04-01" },
        { ["2026-04-01T08:00", "2026-04-01 08:00:30.5"], "TIMESTAMP", "2026-04-01 08:00:00, 2026-04-01 08:00:30.5" },
        { ["2026-04-01T08:00:00-04:00", "2026-04-01T08:00:00Z"], "TIMESTAMP WITH TIME ZONE", "2026-04-01 12:00:00+00, 2026-04-01 08:00:00+00" },
        { ["007"], "VARCHAR", "007" },
        { ["+49"], "VARCHAR", "+49" },
        { ["12", "about 12"], "VARCHAR", "12, about 12" },
        { ["12", "true"], "VARCHAR", "12, true" },
        { ["NaN"], "VARCHAR", "NaN" },
        { ["99999999999999999999"], "VARCHAR", "99999999999999999999" },
        { [5, "12", ""], "BIGINT", "5, 12, NULL" },
    };

    public void Dispose()
    {
        Close();
        _file.Dispose();
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task A_column_has_the_type_of_all_of_its_values(object?[] values, string type, string stored)
    {
        var table = await WriteAsync("t", Rows(values));

        Assert.Equal("own.t", table.Table);
        Assert.Equal(type, Assert.Single(table.Columns).Type);
        Assert.Equal(stored, await ReadAsync("value"));
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task The_same_rows_can_be_added_again_and_one_by_one(object?[] values, string type, string stored)
    {
        await WriteAsync("t", Rows(values));
        await WriteAsync("t", Rows(values));

        // Of a few texts, all can look like numbers.
        foreach (var value in type == "VARCHAR" ? [] : values)
        {
            await WriteAsync("apart", Rows([value]));
        }

        Assert.Equal($"{stored}, {stored}", await ReadAsync("value"));
        if (type != "VARCHAR")
        {
            Assert.Equal(type, (await TableAsync("apart")).Columns[0].Type);
        }
    }

    [Fact]
    public async Task Properties_can_appear_later_and_be_missing()
    {
        await WriteAsync("t", Rows(("a", 1)), Rows(("b", "x"), ("A", 2)));
        await WriteAsync("t", Rows(("c", 1.5m)));

        Assert.Equal("1, 2, NULL", await ReadAsync("a"));
        Assert.Equal("NULL, x, NULL", await ReadAsync("b"));
        Assert.Equal("NULL, NULL, 1.5", await ReadAsync("c"));
    }

    [Fact]
    public async Task A_time_without_a_zone_beside_others_is_one_of_the_pumps_zone()
    {
        (await OpenAsync()).Execute(
            $"INSERT INTO pumps BY NAME SELECT 'a' AS device_assignment_id, '{TestDatabase.Zone}' AS time_zone");

        await WriteAsync("t", Rows([Moment, new DateTime(2026, 7, 1, 8, 0, 0), new DateOnly(2026, 1, 1)]));

        Assert.Equal(
            "2026-04-01 10:00:00+00, 2026-07-01 12:00:00+00, 2026-01-01 05:00:00+00", await ReadAsync("value"));
    }

    [Fact]
    public async Task Columns_of_text_stay_text_and_convert_what_is_added()
    {
        await WriteAsync("t", column => column == "value", Rows(["12", 5]));
        await WriteAsync("t", Rows([1.50m, "2026-04-01T08:00", true]));

        Assert.Equal("12, 5, 1.50, 2026-04-01T08:00, true", await ReadAsync("value"));
    }

    [Fact]
    public async Task Replacing_leaves_only_the_new_rows_and_columns()
    {
        await WriteAsync("t", Rows(("a", 1)));

        var table = await WriteAsync("t", replace: true, Rows(("b", "x")));

        Assert.Equal("b", Assert.Single(table.Columns).Name);
        Assert.Equal(1, table.Rows);
    }

    [Fact]
    public async Task A_table_that_the_user_made_keeps_its_own_types_and_rules()
    {
        (await OpenAsync()).Execute("CREATE SCHEMA own; CREATE TABLE own.t (day TIMESTAMP_S, value INTEGER CHECK (value < 100), id UUID)");

        await WriteAsync("t", Rows(("value", 5), ("day", new DateTime(2026, 4, 1)), ("id", Guid.Empty)));
        var refusal = await Assert.ThrowsAsync<TandemException>(() => WriteAsync("t", Rows(("value", 500))));

        Assert.Equal(OwnTableErrors.TypeConflict, refusal.ErrorId);
        Assert.Equal(["TIMESTAMP_S", "INTEGER", "UUID"], (await TableAsync("t")).Columns.Select(column => column.Type));
        Assert.Equal("5", await ReadAsync("value"));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_nothing_is_stored()
    {
        await WriteAsync("t", Rows(("a", 1)));

        var conflict = await Assert.ThrowsAsync<TandemException>(() => WriteAsync("t", Rows(("b", 1), ("a", 2)), Rows(("a", "x"))));
        var mixed = await Assert.ThrowsAsync<TandemException>(() => WriteAsync("new", Rows([5, 6, "about 7"])));

        Assert.Equal(OwnTableErrors.TypeConflict, conflict.ErrorId);
        Assert.Equal(OwnTableErrors.TypeConflict, mixed.ErrorId);
        Assert.Contains("Object 3 has 'about 7'", mixed.Message, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single((await TableAsync("t")).Columns).Name);
        Assert.Equal("1", await ReadAsync("a"));
        Assert.Equal(["own.t"], await OwnTablesAsync());
    }

    [Theory]
    [InlineData("boluses", OwnTableErrors.NameReserved)]
    [InlineData("RAW_EVENTS", OwnTableErrors.NameReserved)]
    [InlineData("seen", OwnTableErrors.NameReserved)]
    [InlineData("main.boluses", OwnTableErrors.NameInvalid)]
    [InlineData("bookkeeping.fetched_days", OwnTableErrors.NameInvalid)]
    [InlineData("own.a.b", OwnTableErrors.NameInvalid)]
    [InlineData("a b", OwnTableErrors.NameInvalid)]
    [InlineData("1a", OwnTableErrors.NameInvalid)]
    [InlineData("own.", OwnTableErrors.NameInvalid)]
    [InlineData("x\"; DROP TABLE boluses; --", OwnTableErrors.NameInvalid)]
    public async Task A_name_that_is_not_a_users_is_refused(string name, string errorId)
    {
        (await OpenAsync()).Execute("CREATE SCHEMA own; CREATE VIEW own.seen AS SELECT 1 AS a");

        var refusal = await Assert.ThrowsAsync<TandemException>(() => WriteAsync(name, Rows(("a", 1))));

        Assert.Equal(errorId, refusal.ErrorId);
        Assert.Equal(["own.seen"], await OwnTablesAsync());
    }

    /// <summary>A later version can have a table of any name.</summary>
    [Fact]
    public async Task A_table_is_still_the_users_when_the_pumps_data_has_one_of_the_same_name()
    {
        await WriteAsync("t", Rows(("a", 1)));
        (await OpenAsync()).Execute("CREATE TABLE t (a INTEGER)");

        await WriteAsync("t", Rows(("a", 2)));

        Assert.Equal("1, 2", await ReadAsync("a"));
        Assert.Equal(0, (await OpenAsync()).Scalar<long>("SELECT count(*) FROM main.t"));
    }

    [Fact]
    public async Task The_file_opens_whatever_a_users_table_is_called()
    {
        await WriteAsync("schema_migrations", Rows(("version", 999)));
        Close();

        Assert.Equal(["own.schema_migrations"], await OwnTablesAsync());
        await WriteAsync("schema_migrations", Rows(("version", 1000)));
    }

    /// <summary>The file, open until the end of the test: opening and closing take longer than a small table.</summary>
    private async Task<TandemDatabase> OpenAsync() => _open ??= await _file.OpenAsync();

    private void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    private static OwnRows Rows(object?[] values)
    {
        var rows = new OwnRows();
        foreach (var value in values)
        {
            rows.Add([KeyValuePair.Create("value", value)]);
        }

        return rows;
    }

    private static KeyValuePair<string, object?>[] Rows(params (string Name, object? Value)[] properties) =>
        [.. properties.Select(property => KeyValuePair.Create(property.Name, property.Value))];

    private Task<DatabaseTable> WriteAsync(string table, params KeyValuePair<string, object?>[][] rows) =>
        WriteAsync(table, replace: false, rows);

    private Task<DatabaseTable> WriteAsync(string table, bool replace, params KeyValuePair<string, object?>[][] rows)
    {
        var all = new OwnRows();
        foreach (var row in rows)
        {
            all.Add(row);
        }

        return WriteAsync(table, _ => false, all, replace);
    }

    private Task<DatabaseTable> WriteAsync(string table, OwnRows rows) => WriteAsync(table, _ => false, rows);

    private async Task<DatabaseTable> WriteAsync(string table, Func<string, bool> isText, OwnRows rows, bool replace = false)
    {
        var database = await OpenAsync();
        return new OwnTableWriter(database).Write(rows, OwnTableWriter.NameOf(table), replace, isText, Cancellation);
    }

    private async Task<DatabaseTable> TableAsync(string name)
    {
        var database = await OpenAsync();
        return Engine.Reading.TableReader.Describe(database).Single(table => table.Table == $"own.{name}");
    }

    private async Task<IReadOnlyList<string>> OwnTablesAsync()
    {
        var database = await OpenAsync();
        return [.. Engine.Reading.TableReader.Describe(database).Select(table => table.Table).Where(SqlText.IsOwn)];
    }

    private async Task<string> ReadAsync(string column)
    {
        var database = await OpenAsync();
        database.Execute("SET SESSION TimeZone = 'UTC'");
        return string.Join(", ", database.Query<string?>($"SELECT {column}::VARCHAR AS value FROM own.t").Select(value => value ?? "NULL"));
    }
}

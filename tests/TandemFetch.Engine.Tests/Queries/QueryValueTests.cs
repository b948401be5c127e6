using System.Globalization;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Queries;

/// <summary>How values of DuckDB are converted.</summary>
public sealed class QueryValueTests : IDisposable
{
    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("'infinity'::TIMESTAMPTZ", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("'-infinity'::TIMESTAMPTZ", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("'12026-01-01 00:00:00+00'::TIMESTAMPTZ", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("coalesce(NULL::TIMESTAMPTZ, 'infinity')", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("'1969-12-31 23:59:59.999999+00'::TIMESTAMPTZ", "1969-12-31T23:59:59.9999990+00:00")]
    [InlineData("'infinity'::TIMESTAMP", "9999-12-31T23:59:59.9999999")]
    [InlineData("'-infinity'::TIMESTAMP", "0001-01-01T00:00:00.0000000")]
    [InlineData("'0044-03-15 (BC) 12:00:00'::TIMESTAMP", "0001-01-01T00:00:00.0000000")]
    [InlineData("'2026-04-01 08:00:00.123456'::TIMESTAMP", "2026-04-01T08:00:00.1234560")]
    [InlineData("'1969-12-31 23:59:59.999999'::TIMESTAMP", "1969-12-31T23:59:59.9999990")]
    [InlineData("'2026-04-01 08:00:01'::TIMESTAMP_S", "2026-04-01T08:00:01.0000000")]
    [InlineData("'infinity'::TIMESTAMP_S", "9999-12-31T23:59:59.9999999")]
    [InlineData("'2026-04-01 08:00:01.002'::TIMESTAMP_MS", "2026-04-01T08:00:01.0020000")]
    [InlineData("'-infinity'::TIMESTAMP_MS", "0001-01-01T00:00:00.0000000")]
    [InlineData("'2026-04-01 08:00:00.123456789'::TIMESTAMP_NS", "2026-04-01T08:00:00.1234567")]
    [InlineData("'1969-12-31 23:59:59.999999999'::TIMESTAMP_NS", "1969-12-31T23:59:59.9999999")]
    [InlineData("'infinity'::TIMESTAMP_NS", "9999-12-31T23:59:59.9999999")]
    [InlineData("'-infinity'::TIMESTAMP_NS", "0001-01-01T00:00:00.0000000")]
    [InlineData("'infinity'::DATE", "9999-12-31T23:59:59.9999999")]
    [InlineData("'-infinity'::DATE", "0001-01-01T00:00:00.0000000")]
    [InlineData("'2026-04-01'::DATE", "2026-04-01T00:00:00.0000000")]
    [InlineData("'5874897-12-31'::DATE", "9999-12-31T23:59:59.9999999")]
    [InlineData("TIME '24:00:00'", "1.00:00:00")]
    [InlineData("TIME '23:59:59.999999'", "23:59:59.9999990")]
    [InlineData("TIMETZ '12:34:56.5+05:45'", "12:34:56.500000+05:45")]
    [InlineData("TIMETZ '12:34:56-04:56:02'", "12:34:56.000000-04:56:02")]
    [InlineData("TIMETZ '24:00:00+00'", "24:00:00.000000+00:00")]
    [InlineData("TIMETZ '00:00:00-15:59:59'", "00:00:00.000000-15:59:59")]
    [InlineData("INTERVAL '36 hours'", "1.12:00:00")]
    [InlineData("INTERVAL '-90 minutes'", "-01:30:00")]
    [InlineData("INTERVAL '40000 days 3 hours'", "40000.03:00:00")]
    [InlineData("INTERVAL '1 month 2 days 03:04:05.5'", "1 months 2 days 03:04:05.500000")]
    [InlineData("INTERVAL '2147483647 days'", "0 months 2147483647 days 00:00:00")]
    public async Task A_value_is_what_dotnet_has_for_it(string expression, string expected)
    {
        using var database = await _file.OpenAsync();

        var value = Assert.Single(Assert.Single(Query(database, $"SELECT {expression}")));

        var text = value switch
        {
            DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
            TimeSpan length => length.ToString("c", CultureInfo.InvariantCulture),
            _ => Assert.IsType<string>(value),
        };
        Assert.Equal(expected, text);
    }

    private static List<object?[]> Query(TandemDatabase database, string sql) =>
        [.. new QueryRunner(database).Run(new QueryRequest(sql), TestContext.Current.CancellationToken).SelectMany(result => result.Values().ToList())];
}

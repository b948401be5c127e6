using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Queries;

/// <summary>What statements return, and how their failures are reported.</summary>
public sealed class QueryRunnerTests : IAsyncLifetime
{
    private readonly TestDatabase _file = new();
    private TandemDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await _file.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_statement_that_writes_emits_all_the_rows_that_it_returns()
    {
        Write("CREATE TABLE mine AS SELECT range AS id FROM range(5000)");

        Assert.Equal(3000, Write("INSERT INTO mine SELECT range + 5000 FROM range(3000) RETURNING id").Count);
        Assert.Equal([10L, 11L], Write("UPDATE mine SET id = id + 10 WHERE id < 2 RETURNING id").Order());
        Assert.Equal(4000, Write("DELETE FROM mine WHERE id >= 4000 RETURNING id, 'gone'").Count);
        Assert.Equal([4000L], Write("SELECT count(*) FROM mine"));
    }

    [Fact]
    public void A_statement_whose_rows_are_not_read_takes_effect_completely()
    {
        Write("CREATE TABLE mine (id BIGINT)");
        var insert = new QueryRequest("INSERT INTO mine FROM range(5000) RETURNING id") { AllowWrite = true };

        var first = Results(insert).Select(result => result.Values().First()[0]).ToList();

        Assert.Single(first);
        Assert.Equal([5000L], Write("SELECT count(*) FROM mine"));
    }

    [Fact]
    public void The_result_of_a_call_is_emitted() => Assert.NotEmpty(Write("CALL pragma_version()"));

    [Fact]
    public void The_number_of_affected_rows_is_reported_for_each_statement_that_writes()
    {
        var affected = new List<long>();
        var request = new QueryRequest("""
            CREATE TABLE mine (id INTEGER);
            INSERT INTO mine VALUES (1), (2), (3);
            UPDATE mine SET id = 7 WHERE id > 1;
            SELECT 1;
            DELETE FROM mine WHERE id = 8;
            INSERT INTO mine VALUES (9) RETURNING id;
            DROP TABLE mine
            """)
        {
            AllowWrite = true,
            OnRowsAffected = affected.Add,
        };

        var rows = Results(request).Sum(result => result.Values().Count());

        Assert.Equal([3, 2, 0], affected);
        Assert.Equal(2, rows);
    }

    [Fact]
    public void A_failure_is_reported_even_if_the_rollback_after_it_fails()
    {
        var rows = Results(new QueryRequest("FROM range(10)")).SelectMany(result => result.Values());

        var failure = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var row in rows)
            {
                // Then there is nothing left to roll back.
                _database.Execute("ROLLBACK");
                throw new InvalidOperationException("first");
            }
        });

        Assert.Equal("first", failure.Message);
        Assert.Equal([1], FirstColumn(new QueryRequest("SELECT 1")));
    }

    [Fact]
    public void A_parameter_beside_a_PIVOT_has_a_value_and_an_unknown_one_is_reported()
    {
        const string Wide = "FROM (PIVOT (FROM range(3)) ON range USING count(*)) SELECT $one";
        var one = new Dictionary<string, object?> { ["one"] = 1 };
        var two = new Dictionary<string, object?>(one) { ["two"] = 2 };

        Assert.Equal([1], FirstColumn(new QueryRequest(Wide) { Parameters = one }));
        var failure = Assert.Throws<TandemException>(() => FirstColumn(new QueryRequest(Wide) { Parameters = two }));
        Assert.Equal(QueryErrors.ParameterUnknown, failure.ErrorId);
    }

    [Theory]
    [InlineData("SELECT 1 WHERE 1 < ")]
    [InlineData("SELECT 1 WHERE 1 <  AND 2 > 1")]
    [InlineData("SELECT 1 WHERE 1 BETWEEN  AND 3")]
    [InlineData("SELECT 1 WHERE (1 = )")]
    [InlineData("SELECT 1 WHERE 1 IN ()")]
    [InlineData("SELECT 1 WHERE 1 <  ORDER BY 1")]
    [InlineData("SELECT 1 LIMIT ;")]
    public void A_text_that_lacks_a_value_is_reported_with_a_hint(string text)
    {
        Assert.True(IsHinted(new QueryRequest(text)));
        Assert.False(IsHinted(new QueryRequest(text) { IsFromFile = true }));
    }

    [Fact]
    public void A_broken_text_without_the_parameters_that_were_passed_is_reported_with_a_hint()
    {
        var limit = new Dictionary<string, object?> { ["limit"] = 70 };

        Assert.True(IsHinted(new QueryRequest("SELEC 1") { Parameters = limit }));
        Assert.False(IsHinted(new QueryRequest("SELEC $limit") { Parameters = limit }));
        Assert.False(IsHinted(new QueryRequest("SELEC 1")));
        Assert.False(IsHinted(new QueryRequest("SELECT no_such < 1")));
    }

    private bool IsHinted(QueryRequest request)
    {
        var failure = Assert.Throws<TandemException>(() => FirstColumn(request));

        Assert.Equal(QueryErrors.Failed, failure.ErrorId);
        return failure.Message.Contains("single quotes", StringComparison.Ordinal);
    }

    private List<object?> Write(string text) => FirstColumn(new QueryRequest(text) { AllowWrite = true });

    private List<object?> FirstColumn(QueryRequest request) =>
        [.. Results(request).SelectMany(result => result.Values().ToList()).Select(row => row[0])];

    private IEnumerable<QueryResult> Results(QueryRequest request) =>
        new QueryRunner(_database).Run(request, TestContext.Current.CancellationToken);
}

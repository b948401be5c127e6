using System.Numerics;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Queries;

/// <summary>Lists as parameters.</summary>
public sealed class ListParameterTests : IAsyncLifetime
{
    private static readonly DateTime Noon = new(2026, 4, 1, 12, 0, 0);

    // What is passed, and what returns where that is another type.
    private static readonly (Array Passed, Array Returned)[] Lists =
    [
        Same(true, false),
        Same(-1L, long.MaxValue),
        ((int[])[3, -5], (long[])[3, -5]),
        Same(7UL, ulong.MaxValue),
        ((object[])[1, ulong.MaxValue], (object[])[1L, new BigInteger(ulong.MaxValue)]),
        Same(BigInteger.Pow(2, 100), -BigInteger.Pow(2, 101)),
        Same(1.5m, -0.000001m, 12345678901234567890.5m),
        ((object[])[1, 2.25m], (decimal[])[1, 2.25m]),
        Same(0.1F, 2.5F),
        Same(0.1, double.MaxValue),
        ((object[])[1, 2.5m, 0.5], (double[])[1, 2.5, 0.5]),
        Same(Noon, Noon.AddTicks(10)),
        Same(new DateTimeOffset(Noon, TimeSpan.FromHours(-4)), new DateTimeOffset(Noon, TimeSpan.FromHours(9))),
        (
            (object[])[new DateTime(Noon.Ticks, DateTimeKind.Utc), new DateTimeOffset(Noon, TimeSpan.FromHours(2))],
            (DateTimeOffset[])[new(Noon, TimeSpan.Zero), new(Noon, TimeSpan.FromHours(2))]),
        (
            (DateOnly[])[new(2026, 4, 1), new(1899, 12, 31)],
            (DateTime[])[new(2026, 4, 1), new(1899, 12, 31)]),
        ((TimeOnly[])[new(7, 30), TimeOnly.MinValue], (TimeSpan[])[new(7, 30, 0), TimeSpan.Zero]),
        Same(TimeSpan.FromMinutes(-90), TimeSpan.FromDays(40)),
        Same(new Guid("f2345678-9abc-def0-1234-56789abcdef0"), new Guid("12345678-9abc-def0-1234-56789abcdef0")),
        Same((byte[])[1, 2], (byte[])[]),
        Same("täxt", ""),
        ((object[])['a', "b", DayOfWeek.Monday, 4, 0.5, true], (string[])["a", "b", "Monday", "4", "0.5", "True"]),
    ];

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
    public void A_list_returns_as_it_was_passed()
    {
        foreach (var (passed, returned) in Lists)
        {
            Assert.Equal(Items(returned), Items(Value("SELECT $value", passed)));
        }
    }

    [Fact]
    public void A_list_may_contain_null()
    {
        foreach (var (passed, returned) in Lists)
        {
            Assert.Equal(
                [null, .. Items(returned), null],
                Items(Value("SELECT $value", (object?[])[DBNull.Value, .. Items(passed), null])));
        }
    }

    [Fact]
    public void A_value_of_a_list_equals_the_same_value_on_its_own()
    {
        foreach (var (passed, _) in Lists.Where(list => list.Passed.GetType().GetElementType() != typeof(object)))
        {
            var first = passed.GetValue(0);
            var values = new Dictionary<string, object?> { ["one"] = first, ["list"] = passed };

            Assert.True((bool)Run("SELECT $one = ANY($list)", values)!, $"{first}");
            Assert.True((bool)Run("SELECT $one = $list[1]", values)!, $"{first}");
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("'text'")]
    [InlineData("1.5::DECIMAL(9, 2)")]
    [InlineData("now()")]
    [InlineData("TIMESTAMP '2026-04-01'")]
    [InlineData("DATE '2026-04-01'")]
    [InlineData("INTERVAL 1 HOUR")]
    [InlineData("uuid()")]
    public void A_list_without_values_can_be_compared_with_anything(string expression)
    {
        Assert.Equal(false, Value($"SELECT {expression} = ANY($value)", Array.Empty<object>()));
        Assert.Null(Value($"SELECT {expression} = ANY($value)", (object?[])[null]));
        Assert.Equal(0L, Value($"SELECT len($value) WHERE {expression} IS NOT NULL", Array.Empty<object>()));
    }

    [Fact]
    public void A_list_whose_values_have_no_type_in_common_is_refused()
    {
        AssertRefused((object[])[1, Noon], "DateTime and Int32");
        AssertRefused((object[])[Noon, new DateTimeOffset(Noon, TimeSpan.Zero)], "no type in common");
        AssertRefused((object[])["a", new DateOnly(2026, 4, 1)], "DateOnly and String");
        AssertRefused((int[][])[[1], [2]], "Int32[]");
        AssertRefused((decimal[])[decimal.MaxValue, 0.0000000001m], "38 digits");
    }

    private static (Array Passed, Array Returned) Same<T>(params T[] values) => (values, values);

    private static IEnumerable<object?> Items(object? list) =>
        Assert.IsType<Array>(list, exactMatch: false).Cast<object?>();

    private void AssertRefused(object list, string why)
    {
        var failure = Assert.Throws<TandemException>(() => Value("SELECT $value", list));

        Assert.Equal(QueryErrors.ParameterUnsupported, failure.ErrorId);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    private object? Value(string text, object value) =>
        Run(text, new Dictionary<string, object?> { ["value"] = value });

    private object? Run(string text, Dictionary<string, object?> parameters) => new QueryRunner(_database)
        .Run(new QueryRequest(text) { Parameters = parameters }, TestContext.Current.CancellationToken)
        .SelectMany(result => result.Values().ToList())
        .Single()[0];
}

namespace TandemFetch.Engine.Tests;

/// <summary>Numbers with their noun.</summary>
public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0 entries")]
    [InlineData(1, "1 entry")]
    [InlineData(2, "2 entries")]
    public void Only_one_is_singular(long count, string expected) =>
        Assert.Equal(expected, Quantity.Of(count, "entry", "entries"));

    [Fact]
    public void A_noun_takes_an_s() => Assert.Equal("3 rows", Quantity.Of(3, "row"));
}

using System.Globalization;
using TandemFetch.Engine.Report;

namespace TandemFetch.Engine.Tests.Report;

/// <summary>Numbers in pictures.</summary>
public sealed class MarkupTests
{
    [Fact]
    public void A_coordinate_has_at_most_two_decimals_and_no_superfluous_digit()
    {
        var random = new Random(11);
        double[] values =
        [
            0, -0.0, 0.004, -0.004, 0.005, 0.1, 0.10, 0.25, 1, 10, 10.5, 99.995, 99.999, 800, -0.5, -0.05, -12.34,
            .. Enumerable.Range(0, 1000).Select(_ => (random.NextDouble() - 0.2) * 1000),
        ];

        Assert.All(values, value => Assert.Equal(
            (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture), Markup.Coordinate(value)));
    }
}

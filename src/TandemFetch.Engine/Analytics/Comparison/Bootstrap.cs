namespace TandemFetch.Engine.Analytics.Comparison;

/// <summary>The percentile bootstrap (Efron 1979).</summary>
internal static class Bootstrap
{
    private const int Samples = 10_000;

    /// <summary>The 95 % interval of the mean of values, drawn with replacement.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    public static Interval Mean(IReadOnlyList<double> values, int seed)
    {
        var random = new Random(seed);
        var means = new double[Samples];
        for (var sample = 0; sample < Samples; sample++)
        {
            var sum = 0.0;
            for (var draw = 0; draw < values.Count; draw++)
            {
                sum += values[random.Next(values.Count)];
            }

            means[sample] = sum / values.Count;
        }

        Array.Sort(means);
        return new Interval(means[(int)(0.025 * (Samples - 1))], means[(int)Math.Ceiling(0.975 * (Samples - 1))]);
    }
}

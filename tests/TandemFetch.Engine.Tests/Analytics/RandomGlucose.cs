namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>Glucose that wanders, with gaps, from a seed.</summary>
internal static class RandomGlucose
{
    /// <summary>Readings at an interval; now and then some are missing, and some are Low (39) or High (401).</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="start">The first reading.</param>
    /// <param name="length">How long.</param>
    /// <param name="minutes">The interval.</param>
    public static List<(DateTimeOffset Time, int Glucose)> Of(
        int seed, DateTimeOffset start, TimeSpan length, int minutes)
    {
        var random = new Random(seed);
        var readings = new List<(DateTimeOffset Time, int Glucose)>();
        var (glucose, missing) = (140.0, 0);
        for (var time = start; time < start + length; time += TimeSpan.FromMinutes((double)minutes))
        {
            glucose += ((random.NextDouble() - 0.5) * 12 * Math.Sqrt(minutes)) + ((140 - glucose) * 0.004 * minutes);
            missing = random.Next(400) == 0 ? random.Next(120 / minutes) : missing - 1;
            if (missing <= 0)
            {
                readings.Add((time, (int)Math.Clamp(Math.Round(glucose), 39, 401)));
            }
        }

        return readings;
    }
}

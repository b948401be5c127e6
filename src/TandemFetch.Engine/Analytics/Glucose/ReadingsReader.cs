using System.Runtime.InteropServices;
using System.Text;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// Reads the readings that all measures rest on, each with the time that it stands for. Sources: weighing by time as in
/// the consensus of 2019 ("time in range"); the intervals of the sensors from the log itself.
/// </summary>
/// <param name="session">The pumps and the period.</param>
internal sealed class ReadingsReader(AnalysisSession session)
{
    // The steps of two hours decide about a reading, and one of them may begin in the hour before.
    private const long Before = 3 * LocalTime.Hour;
    private const long After = 2 * LocalTime.Hour;

    private readonly List<long> _moments = [];
    private readonly List<LoggedReading> _readings = [];
    private readonly List<SensorLog> _logs = [];

    /// <summary>The readings of the period, oldest first; those of one moment count once.</summary>
    /// <param name="sensor">Only readings of this kind of sensor; null for all.</param>
    public GlucosePoint[] Read(string? sensor)
    {
        var isOrdered = Load(sensor);
        RankLogs();
        var moments = CollectionsMarshal.AsSpan(_moments);
        var readings = CollectionsMarshal.AsSpan(_readings);
        if (!isOrdered)
        {
            moments.Sort(readings);
        }

        for (var index = 0; index < moments.Length; index++)
        {
            readings[index].Log.Add(moments[index]);
        }

        return Weigh(moments, readings);
    }

    /// <returns>Whether the readings came in order of time.</returns>
    private bool Load(string? sensor)
    {
        var isOrdered = true;
        var last = long.MinValue;
        using var rows = session.Read(
            AnalysisSql.Read("Glucose", "readings"), session.From - Before, session.Until + After, sensor ?? "");
        var (device, kind, log) = (Array.Empty<byte>(), Array.Empty<byte>(), (SensorLog?)null);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                // Neighbors are of one sensor, as a rule.
                if (log is null || !rows.Utf8(2, row).SequenceEqual(device) || !rows.Utf8(3, row).SequenceEqual(kind))
                {
                    (device, kind) = (rows.Utf8(2, row).ToArray(), rows.Utf8(3, row).ToArray());
                    log = LogOf(Encoding.UTF8.GetString(device), Encoding.UTF8.GetString(kind));
                }

                var moment = rows.Int64(0, row);
                isOrdered &= moment >= last;
                last = moment;
                _moments.Add(moment);
                _readings.Add(new LoggedReading(log, rows.Int64(4, row), rows.Int16(1, row)));
            }
        }

        return isOrdered;
    }

    private SensorLog LogOf(string device, string sensor)
    {
        var log = _logs.Find(known => known.Device == device && known.Sensor == sensor);
        if (log is null)
        {
            log = new SensorLog(device, sensor);
            _logs.Add(log);
        }

        return log;
    }

    private void RankLogs()
    {
        var rank = 0;
        foreach (var log in _logs.OrderBy(log => log.Device, StringComparer.Ordinal)
            .ThenBy(log => log.Sensor, StringComparer.Ordinal))
        {
            log.Rank = rank++;
        }
    }

    /// <summary>
    /// A reading stands for the interval of its sensor, but not beyond the next reading where that comes clearly
    /// earlier: a second sensor adds no second time.
    /// </summary>
    private GlucosePoint[] Weigh(ReadOnlySpan<long> moments, ReadOnlySpan<LoggedReading> readings)
    {
        var points = new List<GlucosePoint>(moments.Length);
        for (var (first, next) = (0, 0); first < moments.Length; first = next)
        {
            var (moment, reading) = (moments[first], readings[first]);
            for (next = first + 1; next < moments.Length && moments[next] == moment; next++)
            {
                reading = readings[next].Precedes(reading) ? readings[next] : reading;
            }

            if (moment < session.From || moment >= session.Until)
            {
                continue;
            }

            var interval = reading.Log.IntervalAt(moment);
            var untilNext = next < moments.Length ? moments[next] - moment : long.MaxValue;
            var stands = untilNext < interval / 5 * 4 ? (int)untilNext : interval;
            points.Add(new GlucosePoint(moment, reading.Glucose, interval, stands));
        }

        return [.. points];
    }
}

using System.Runtime.CompilerServices;
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
    // The steps of three whole hours decide about a reading; the first of them begins in the hour before these.
    private const long Before = 3 * LocalTime.Hour;
    private const long After = 2 * LocalTime.Hour;

    private readonly List<SensorLog> _logs = [];
    private readonly List<LoggedReading> _readings = [];

    /// <summary>The readings of the period, oldest first; those of one moment count once.</summary>
    /// <param name="sensor">Only readings of this kind of sensor; null for all.</param>
    public ArraySegment<GlucosePoint> Read(string? sensor)
    {
        Load(sensor);
        var readings = CollectionsMarshal.AsSpan(_readings);
        TimeOrder.Sort(readings);
        foreach (var reading in readings)
        {
            _logs[reading.Log].Add(reading.Moment);
        }

        return Weigh(readings);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(string? sensor)
    {
        using var rows = session.Read(
            AnalysisSql.Read("Glucose", "readings"), session.From - Before, session.Until + After, sensor ?? "");
        var (device, kind, log) = (Array.Empty<byte>(), Array.Empty<byte>(), -1);
        while (rows.NextChunk())
        {
            var moments = rows.Values<long>(0);
            var values = rows.Values<short>(1);
            var positions = rows.Values<long>(4);
            for (var row = 0; row < rows.Count; row++)
            {
                // Neighbors are of one sensor, as a rule.
                if (log < 0 || !rows.Utf8(2, row).SequenceEqual(device) || !rows.Utf8(3, row).SequenceEqual(kind))
                {
                    (device, kind) = (rows.Utf8(2, row).ToArray(), rows.Utf8(3, row).ToArray());
                    log = LogOf(Encoding.UTF8.GetString(device), Encoding.UTF8.GetString(kind));
                }

                _readings.Add(new LoggedReading(moments[row], positions[row], log, values[row]));
            }
        }
    }

    private int LogOf(string device, string sensor)
    {
        var log = _logs.FindIndex(known => known.Device == device && known.Sensor == sensor);
        if (log >= 0)
        {
            return log;
        }

        _logs.Add(new SensorLog(device, sensor));
        return _logs.Count - 1;
    }

    /// <summary>Whether, of two readings of one moment, it is the one that counts.</summary>
    private bool Precedes(LoggedReading reading, LoggedReading other) => reading.Log == other.Log
        ? reading.Position < other.Position
        : _logs[reading.Log].CompareTo(_logs[other.Log]) < 0;

    /// <summary>
    /// A reading stands for the interval of its sensor, but not beyond the next reading where that comes clearly
    /// earlier: a second sensor adds no second time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ArraySegment<GlucosePoint> Weigh(ReadOnlySpan<LoggedReading> readings)
    {
        var (points, count) = (new GlucosePoint[readings.Length], 0);
        for (var (first, next) = (0, 0); first < readings.Length; first = next)
        {
            var (reading, moment) = (readings[first], readings[first].Moment);
            for (next = first + 1; next < readings.Length && readings[next].Moment == moment; next++)
            {
                reading = Precedes(readings[next], reading) ? readings[next] : reading;
            }

            if (moment < session.From || moment >= session.Until)
            {
                continue;
            }

            var interval = _logs[reading.Log].IntervalAt(moment);
            var untilNext = next < readings.Length ? readings[next].Moment - moment : long.MaxValue;
            var stands = untilNext < interval / 5 * 4 ? (int)untilNext : interval;
            points[count++] = new GlucosePoint(moment, reading.Glucose, interval, stands);
        }

        return new ArraySegment<GlucosePoint>(points, 0, count);
    }
}

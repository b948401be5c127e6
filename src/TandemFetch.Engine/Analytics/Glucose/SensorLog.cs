using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>
/// The readings of one kind of sensor with one pump. Which interval the sensor has, 1, 5 or 15 minutes, is decided by
/// the steps between its readings in the hour of a reading and in those before and after it.
/// </summary>
/// <param name="device">The pump.</param>
/// <param name="sensor">The kind of sensor.</param>
internal sealed class SensorLog(string device, string sensor)
{
    private readonly List<HourOfSteps> _hours = [];
    private long _last;
    private int _index;
    private (long Hour, int Interval) _found;

    /// <summary>
    /// The interval of a sensor around which no two readings are near enough to show it, microseconds. Libre sensors
    /// hand their readings over every 5 minutes too, unless the log shows otherwise.
    /// </summary>
    public const int UsualInterval = 5 * LocalTime.Minute;

    /// <summary>The pump.</summary>
    public string Device => device;

    /// <summary>The kind of sensor.</summary>
    public string Sensor => sensor;

    /// <summary>The order of the logs: by pump, then by sensor.</summary>
    public int CompareTo(SensorLog other)
    {
        var order = string.CompareOrdinal(device, other.Device);
        return order != 0 ? order : string.CompareOrdinal(sensor, other.Sensor);
    }

    /// <summary>Counts the step to a reading.</summary>
    /// <param name="moment">Its moment, microseconds since 1970 UTC; not before the one that was added last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long moment)
    {
        var hour = moment / LocalTime.Hour;
        var isFirst = _hours.Count == 0;
        if (isFirst || _hours[^1].Hour != hour)
        {
            _hours.Add(new HourOfSteps(hour));
        }

        if (!isFirst)
        {
            CollectionsMarshal.AsSpan(_hours)[^1].Count(moment - _last);
        }

        _last = moment;
    }

    /// <summary>The interval at a reading, microseconds.</summary>
    /// <param name="moment">A moment that was added, not before the one that was asked for last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int IntervalAt(long moment)
    {
        var hour = moment / LocalTime.Hour;
        if (hour != _found.Hour)
        {
            while (_hours[_index].Hour < hour)
            {
                _index++;
            }

            _found = (hour, Around(_index).Interval ?? UsualInterval);
        }

        return _found.Interval;
    }

    private HourOfSteps Around(int index)
    {
        var steps = _hours[index];
        foreach (var neighbor in new[] { index - 1, index + 1 })
        {
            if (neighbor >= 0 && neighbor < _hours.Count && Math.Abs(_hours[neighbor].Hour - steps.Hour) == 1)
            {
                steps.Add(_hours[neighbor]);
            }
        }

        return steps;
    }
}

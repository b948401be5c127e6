using System.Buffers;
using System.Text.Json;
using TandemFetch.Sandbox.Logs;

namespace TandemFetch.Sandbox.Pump;

/// <summary>
/// A synthetic pump: its log, and the truth behind the log. It is simulated once, when first needed, and further as
/// time advances. Safe to use from several threads.
/// </summary>
public sealed class SyntheticPump
{
    private const long Hour = 3_600_000;

    private readonly Lock _gate = new();
    private readonly Lazy<PumpSimulation> _simulation;
    private readonly SyntheticPumpOptions _options;
    private readonly long _end;
    private long _uploaded;

    /// <summary>Creates a pump; nothing is simulated yet.</summary>
    /// <param name="options">What it is created from.</param>
    public SyntheticPump(SyntheticPumpOptions options)
    {
        _options = options;
        _end = _uploaded = options.End.ToUnixTimeMilliseconds();
        _simulation = new Lazy<PumpSimulation>(() => new PumpSimulation(options));
        AssignmentId = options.AssignmentId ?? IdFrom(options.Seed, 1);
    }

    /// <summary>The key of its log.</summary>
    public string AssignmentId { get; }

    /// <summary>How its owner treats the clock, as drawn.</summary>
    public ClockHabits Clock
    {
        get
        {
            lock (_gate)
            {
                return _simulation.Value.Habits;
            }
        }
    }

    /// <summary>The sensor, as drawn.</summary>
    public SensorKind Sensor => _simulation.Value.Sensor;

    /// <summary>The algorithm, as drawn.</summary>
    public ControlAlgorithm Algorithm => _simulation.Value.Algorithm;

    /// <summary>True time of the last upload: every hour, the first one that a client sees at the end of the options.</summary>
    public DateTimeOffset LastUpload
    {
        get
        {
            lock (_gate)
            {
                return DateTimeOffset.FromUnixTimeMilliseconds(_uploaded);
            }
        }
    }

    /// <summary>How many entries have been uploaded.</summary>
    public int EntryCount => Read(view => view.Entries.Length);

    internal TherapyProfile Profile => _simulation.Value.Profile;

    /// <summary>
    /// Advances the time: everything logged until the last full hour after the first upload is uploaded.
    /// </summary>
    public void AdvanceTo(DateTimeOffset utc)
    {
        lock (_gate)
        {
            var hours = Math.Max(0, (utc.ToUnixTimeMilliseconds() - _end) / Hour);
            _uploaded = Math.Max(_uploaded, _end + (hours * Hour));
        }
    }

    /// <summary>
    /// The log in pages as a client of the account would request it, without HTTP. The bytes of a page are valid until the next one is requested.
    /// </summary>
    /// <param name="daysPerPage">Days of pump time in a page.</param>
    /// <param name="entries">Stop after so many entries.</param>
    public IEnumerable<SyntheticPage> Pages(int daysPerPage = 28, long entries = long.MaxValue)
    {
        var view = View();
        if (view.Entries.Length == 0)
        {
            yield break;
        }

        var (first, last) = DayRange(view);
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        var left = entries;
        for (var day = first; day <= last && left > 0; day += daysPerPage)
        {
            var to = Math.Min(last, day + daysPerPage - 1);
            buffer.ResetWrittenCount();
            json.Reset(buffer);
            var page = new PageWriter(json, AssignmentId, view);
            var count = page.WriteAll(view.IndicesBetween(day, to), left);
            left -= count;
            if (count > 0)
            {
                yield return new SyntheticPage(ToDate(day), ToDate(to), count, buffer.WrittenMemory);
            }
        }
    }

    /// <summary>The true outcome of each logged bolus, in order.</summary>
    public IReadOnlyList<BolusTruth> Boluses()
    {
        lock (_gate)
        {
            Simulate();
            var until = DateTimeOffset.FromUnixTimeMilliseconds(_uploaded);
            return [.. _simulation.Value.Boluses.Where(b => b.RequestedUtc <= until && b.FirstSequence > 0)];
        }
    }

    /// <summary>Basal insulin given on each true day at home, units. The last day is not complete.</summary>
    public IReadOnlyDictionary<DateOnly, double> BasalUnitsByLocalDay() => Basal(truth => truth.ByLocalDay);

    /// <summary>Basal insulin given on each UTC day, units. The last day is not complete.</summary>
    public IReadOnlyDictionary<DateOnly, double> BasalUnitsByUtcDay() => Basal(truth => truth.ByUtcDay);

    /// <summary>Each uploaded entry's sequence number and true time, in order.</summary>
    public IEnumerable<(long Sequence, DateTimeOffset Utc)> TrueTimes()
    {
        var view = View();
        for (var i = 0; i < view.Entries.Length; i++)
        {
            yield return (view.Entries[i].Sequence, DateTimeOffset.FromUnixTimeMilliseconds(view.Entries[i].UtcMilliseconds));
        }
    }

    /// <summary>From when on the owner was in which zone.</summary>
    public IReadOnlyList<(DateTimeOffset FromUtc, string Zone)> Stays() =>
    [
        .. _simulation.Value.Itinerary.Stays
            .Where(s => s.FromUtc <= _uploaded)
            .Select(s => (s.FromUtc < 0 ? _options.Start : DateTimeOffset.FromUnixTimeMilliseconds(s.FromUtc), s.Zone.Id)),
    ];

    internal static string IdFrom(ulong seed, ulong salt)
    {
        var random = new SeededRandom(seed).Fork(salt + 1000);
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, random.NextBits());
        BitConverter.TryWriteBytes(bytes[8..], random.NextBits());
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString();
    }

    internal static DateOnly ToDate(int pumpDay) => new DateOnly(2008, 1, 1).AddDays(pumpDay);

    internal static int ToPumpDay(DateOnly date) => date.DayNumber - new DateOnly(2008, 1, 1).DayNumber;

    internal static DateTime ToWallClock(int pumpSeconds) => new DateTime(2008, 1, 1).AddSeconds(pumpSeconds);

    /// <summary>The version of the settings in force at the last upload.</summary>
    internal int SettingsVersion() => Read(_ => _simulation.Value.SettingsVersion(_uploaded));

    /// <summary>The log as it was last uploaded.</summary>
    internal LogView View() => Read(view => view);

    private static (int First, int Last) DayRange(LogView view)
    {
        int first = int.MaxValue, last = int.MinValue;
        foreach (ref readonly var entry in view.Entries)
        {
            first = Math.Min(first, entry.PumpDay);
            last = Math.Max(last, entry.PumpDay);
        }

        return (first, last);
    }

    private IReadOnlyDictionary<DateOnly, double> Basal(Func<BasalTruth, IReadOnlyDictionary<DateOnly, double>> choose)
    {
        lock (_gate)
        {
            Simulate();
            return new SortedDictionary<DateOnly, double>(choose(_simulation.Value.Basal).ToDictionary());
        }
    }

    private T Read<T>(Func<LogView, T> read)
    {
        lock (_gate)
        {
            Simulate();
            return read(_simulation.Value.Log.ViewUntil(_uploaded));
        }
    }

    private void Simulate() => _simulation.Value.AdvanceTo(_uploaded);
}

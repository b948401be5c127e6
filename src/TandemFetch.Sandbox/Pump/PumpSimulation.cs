namespace TandemFetch.Sandbox.Pump;

/// <summary>
/// Simulates a pump, its owner and its owner's body, event by event in true time. Deterministic, and independent of how
/// the advance is divided. This part contains time, the queue and the log; others contain basal, boluses, the sensor,
/// the owner's day and the clock.
/// </summary>
internal sealed partial class PumpSimulation
{
    private const long Second = 1000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Step = 5 * Minute;

    private readonly SyntheticPumpOptions _options;
    private readonly bool _sparse;
    private readonly long _start;
    private readonly long _end;
    private readonly SeededRandom _sequences;
    private readonly SeededRandom _life;
    private readonly SeededRandom _pump;
    private readonly SeededRandom _air;
    private readonly SeededRandom _quirks;
    private readonly PriorityQueue<Action, (long Utc, long Order)> _agenda = new();
    private readonly TherapyProfile _profile;
    private readonly GlucoseModel _body;
    private readonly PumpClock _clock;
    private long _now;
    private long _order;
    private long _nextBasal;
    private long _nextReading;
    private uint _sequence;

    public PumpSimulation(SyntheticPumpOptions options)
    {
        var seed = new SeededRandom(SeededRandom.Mix(options.Seed + 0x7A4D));
        _options = options;
        _sparse = options.Sparse;
        _start = options.Start.ToUnixTimeMilliseconds();
        _end = options.End.ToUnixTimeMilliseconds();
        _sequences = seed.Fork(1);
        _life = seed.Fork(2);
        _pump = seed.Fork(3);
        _air = seed.Fork(4);
        _quirks = seed.Fork(10);
        var traits = seed.Fork(5);
        Habits = options.Clock.Drawn(seed.Fork(6));
        Itinerary = new Itinerary(
            options.TimeZone, Habits, _start, _end, _end + (400 * 24 * Hour), seed.Fork(7));
        _profile = new TherapyProfile(seed.Fork(8));
        _body = new GlucoseModel(_profile.CorrectionFactor, _profile.CarbRatio, seed.Fork(9));

        var drawnAlgorithm = traits.Chance(0.15) ? ControlAlgorithm.BasalIQ : ControlAlgorithm.ControlIQ;
        var drawnSensor = traits.NextDouble() switch
        {
            < 0.66 => SensorKind.DexcomG7,
            < 0.82 => SensorKind.DexcomG6,
            < 0.91 => SensorKind.Libre2,
            _ => SensorKind.Libre3,
        };
        Algorithm = options.Algorithm ?? (options.Sensor is null or SensorKind.DexcomG6 ? drawnAlgorithm : ControlAlgorithm.ControlIQ);
        Sensor = Algorithm == ControlAlgorithm.BasalIQ ? SensorKind.DexcomG6 : options.Sensor ?? drawnSensor;
        _remoteShare = traits.NextDouble() switch { < 0.3 => 0.0, < 0.6 => 0.5, _ => 0.85 };
        _logsAutomaticRequests = traits.Chance(0.3);
        _skill = traits.Between(0.2, 0.42);
        _sensorDays = Sensor switch
        {
            SensorKind.DexcomG7 => _quirks.Chance(0.2) ? 15 : 10,
            SensorKind.DexcomG6 => 10,
            _ => 14,
        };
        _logsDurationInSeconds = _quirks.Chance(0.5);

        // A third of the pumps reach the point where the 16-bit counter of boluses wraps around.
        _bolusId = traits.Chance(0.34) ? 65_536 - traits.Next(20, 400) : traits.Next(1, 3000);
        _sequence = Habits.FirstSetting == true ? 40u : (uint)traits.Next(2_000, 400_000);
        var error = Habits.FirstSetting == true ? 0 : (long)(traits.Between(-12, 12) * Second);
        _nominalOffset = Itinerary.BelievedOffsetAt(_start);
        _clock = new PumpClock(_start, _start - PumpClock.Epoch + _nominalOffset + error, Habits.DriftSecondsPerWeek ?? 0);
        Basal = new BasalTruth(options.TimeZone, _start);
        _reservoir = traits.Next(60_000, 250_000);
        _exerciseNeeds = traits.Between(0.5, 2.5);
        _now = _start;
        _body.Begin(NeedNow());
        Begin();
    }

    public EntryLog Log { get; } = new();

    public List<BolusTruth> Boluses { get; } = [];

    public BasalTruth Basal { get; }

    public Itinerary Itinerary { get; }

    public ClockHabits Habits { get; }

    public ControlAlgorithm Algorithm { get; }

    public SensorKind Sensor { get; }

    public TherapyProfile Profile => _profile;

    /// <summary>The version of the settings in force then.</summary>
    public int SettingsVersion(long utc) => (int)Math.Max(0, (utc - _start) / (24 * Hour) / TherapyProfile.DaysPerVersion);

    /// <summary>Advances to this time: everything until then has happened afterwards.</summary>
    public void AdvanceTo(long utc)
    {
        while (true)
        {
            var queued = _agenda.TryPeek(out _, out var priority) ? priority.Utc : long.MaxValue;
            var next = Math.Min(queued, Math.Min(_nextBasal, _nextReading));
            if (next > utc)
            {
                return;
            }

            _now = next;
            if (queued == next)
            {
                _agenda.Dequeue()();
            }
            else if (_nextBasal == next)
            {
                _nextBasal += Step;
                BasalStep();
            }
            else
            {
                _nextReading += IsReadByMinute ? Minute : Step;
                ReadingStep();
            }
        }
    }

    private void At(long utc, Action action) => _agenda.Enqueue(action, (Math.Max(utc, _now), _order++));

    private void In(long milliseconds, Action action) => At(_now + milliseconds, action);

    private void Write(EntryLayout layout, params ReadOnlySpan<int> values) => Append(layout, adjacent: false, values);

    /// <summary>The next entry directly after the one before: parts of one message are never apart.</summary>
    private void WriteNext(EntryLayout layout, params ReadOnlySpan<int> values) => Append(layout, adjacent: true, values);

    private void Append(EntryLayout layout, bool adjacent, ReadOnlySpan<int> values)
    {
        if (_poweredOff)
        {
            return;
        }

        // Most of what a pump logs is never delivered: numbers have gaps, three or four apart on average.
        _sequence += adjacent ? 1u : 1u + (uint)(_sequences.NextBits() % 6);
        Log.Append(layout, _now, PumpSeconds, _sequence, values);
        if (layout.Code is 4 or 5 && Has(LogTraits.Acknowledgements) && _quirks.Chance(0.6))
        {
            var id = values[0];
            var acknowledged = layout.Code == 4 ? EntryLayouts.AlertAcknowledged : EntryLayouts.AlarmAcknowledged;
            In(_quirks.Next(4, 50) * Second, () => Write(acknowledged, id));
        }
    }

    private bool Has(LogTraits trait) => _options.Traits.HasFlag(trait);

    private int PumpSeconds => (int)Math.Floor(_clock.Read(_now) / 1000.0);

    private int MinuteOfPumpDay => ((PumpSeconds % 86_400) + 86_400) % 86_400 / 60;

    /// <summary>In a sparse log, routine entries are those of the last minutes before an hourly upload.</summary>
    private bool IsRoutineWritten(int everyHours) =>
        !_sparse || (UntilUpload(_now) < Step && (everyHours == 1 || (_end - _now + Hour) / Hour % everyHours == 1));

    private long UntilUpload(long utc) => (((_end - utc) % Hour) + Hour) % Hour;

    private bool IsKept(double share) => !_sparse || _pump.Chance(share);

    private static int Single(double value) => BitConverter.SingleToInt32Bits((float)value);

    /// <summary>Milliunits as the pump's single-precision units, with the noise that such numbers have.</summary>
    private static int Units(int milliunits) => BitConverter.SingleToInt32Bits(milliunits * 0.001f);
}

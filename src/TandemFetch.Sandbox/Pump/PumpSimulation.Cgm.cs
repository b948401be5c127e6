namespace TandemFetch.Sandbox.Pump;

internal sealed partial class PumpSimulation
{
    private const uint NotRecorded = uint.MaxValue;

    // As Dexcom's transmitters send it.
    private const int NoTrend = 127;
    private const int NoTrendEither = -128;

    private readonly List<(long Utc, int Value)> _missed = [];
    private long _readingAge = 3 * Second;
    private readonly int _sensorDays;
    private readonly bool _logsDurationInSeconds;
    private long _sessionStart;
    private long _sensorStart;
    private int _signature;
    private long _sessionEnd;
    private long _warmUntil;
    private long _gapUntil;
    private bool _gapIsBackfilled;
    private long _lastReading = long.MinValue / 2;
    private int _hiddenReadings;
    private long _pressedUntil;
    private double _sensorError;
    private bool _highAlert;
    private bool _lowAlert;
    private bool _urgentAlert;
    private bool _rangeAlert;
    private int _lastValue;
    private long _livedUntil;
    private long _nextDecision = long.MinValue;

    /// <summary>Whether the pump has a glucose value to work with: not older than twenty minutes.</summary>
    private bool HasReading => _now - _lastReading <= 20 * Minute;

    private EntryLayout ReadingLayout => Sensor switch
    {
        SensorKind.DexcomG7 => EntryLayouts.ReadingG7,
        SensorKind.DexcomG6 => EntryLayouts.ReadingG6,
        SensorKind.Libre2 => EntryLayouts.ReadingLibre2,
        _ => EntryLayouts.ReadingLibre3,
    };

    private int SensorType => Sensor switch
    {
        SensorKind.DexcomG7 => 3,
        SensorKind.DexcomG6 => 1,
        SensorKind.Libre2 => 2,
        _ => 4,
    };

    private bool IsReadByMinute => Sensor == SensorKind.Libre3 && Has(LogTraits.MinuteReadings);

    private bool IsLibre => Sensor is SensorKind.Libre2 or SensorKind.Libre3;

    private void StartSession()
    {
        if (_poweredOff)
        {
            In(30 * Minute, StartSession);
            return;
        }

        var days = _sensorDays;
        var warm = (Sensor, days) switch
        {
            (SensorKind.DexcomG7, 10) => 30,
            (SensorKind.DexcomG6, _) => 120,
            _ => 60,
        };
        _sessionStart = _now;
        _warmUntil = _now + (warm * Minute);
        _sessionEnd = _now + (days * 24 * Hour) + (Sensor == SensorKind.DexcomG7 ? (long)(12 * Hour * _air.NextDouble()) : 0);
        if (_air.Chance(0.12))
        {
            _sessionEnd = _now + (long)(days * 24 * Hour * _air.Between(0.1, 0.9));
        }

        _readingAge = _air.Next(2, 9) * Second;
        _nextReading = _now + (_air.Next(10, 300) * Second);
        switch (Sensor)
        {
            case SensorKind.DexcomG7:
                JoinNewSensor();
                break;
            case SensorKind.DexcomG6:
                Write(EntryLayouts.SessionStartG6, TransmitterTime, TransmitterTime - 4, days);
                break;
            case SensorKind.Libre2:
                Write(EntryLayouts.SessionStartLibre2, PumpSeconds, days);
                break;
            default:
                JoinLibre3(days);
                break;
        }

        if (_sessionEnd - _now > 25 * Hour && IsKept(0.7))
        {
            var expected = _sessionStart;
            At(_sessionEnd - (6 * Hour), () =>
            {
                if (_sessionStart == expected)
                {
                    RaiseSensorAlert(12, 6, 0, clearAfter: 20 * Minute);
                }
            });
        }
    }

    /// <summary>
    /// A G7 runs from the moment it is applied, usually minutes before the pump finds it, sometimes hours.
    /// </summary>
    private void JoinNewSensor()
    {
        var (late, signature) = (_air.Next(600, 60_000), _air.Next(30, 200));
        var age = _quirks.Chance(0.8) ? late / 100 : late;
        var hasSameSignature = _signature > 0 && Has(LogTraits.RepeatedSignatures) && _quirks.Chance(0.2);
        _sensorStart = _now - (age * Second);
        _signature = hasSameSignature ? _signature : signature;
        Write(EntryLayouts.SessionJoinG7, age, _signature);
    }

    /// <summary>After a restart the pump finds its sensor again, and logs it.</summary>
    private void JoinAgain()
    {
        if (Sensor != SensorKind.DexcomG7 || !Has(LogTraits.RepeatedJoins))
        {
            return;
        }

        var session = _sessionStart;
        In(_quirks.Next(1, 5) * Minute, () =>
        {
            if (_sessionStart == session && _sessionEnd != long.MaxValue)
            {
                Write(EntryLayouts.SessionJoinG7, (int)((_now - _sensorStart) / Second), _signature);
            }
        });
    }

    /// <summary>
    /// Its times count from 1970, in UTC; the duration in days is never filled in, that in seconds is by newer
    /// software.
    /// </summary>
    private void JoinLibre3(int days)
    {
        var (started, joined) = ((int)((_now / Second) - 7), (int)(_now / Second));
        if (_logsDurationInSeconds)
        {
            Write(EntryLayouts.SessionJoinLibre3Newer, started, joined, 0, 0, days * 86_400);
        }
        else
        {
            Write(EntryLayouts.SessionJoinLibre3, started, joined, 0, 0);
        }
    }

    /// <summary>Seconds on the transmitter's own clock.</summary>
    private int TransmitterTime => (int)((_now - _start) / Second % (90 * 86_400)) + 5_000;

    private void StopSession()
    {
        var started = (int)((_sessionStart - _start) / Second % (90 * 86_400)) + 5_000;
        var early = _sessionEnd - _sessionStart < (_sensorDays - 1) * 24 * Hour;
        var stop = early ? unchecked((int)NotRecorded) : _air.Chance(0.3) ? 0 : TransmitterTime - 7;
        var firstTime = Sensor == SensorKind.DexcomG7 ? _air.Next(60, 90) : 0;
        if (!Has(LogTraits.MissingStops) || !_quirks.Chance(0.08))
        {
            WriteStop(early, started, stop, firstTime);
        }

        _sessionEnd = long.MaxValue;
        _warmUntil = long.MaxValue;
        _missed.Clear();
        RaiseSensorAlert(early ? 11 : 13, 0, 0, clearAfter: 10 * Minute);
        In(_air.Next(3, 150) * Minute, StartSession);
    }

    private void WriteStop(bool early, int started, int stop, int firstTime)
    {
        switch (Sensor)
        {
            case SensorKind.DexcomG7:
                WriteStopG7(early, stop, firstTime);
                break;
            case SensorKind.DexcomG6:
                Write(EntryLayouts.SessionStopG6, TransmitterTime, started, stop, 10, early ? 0 : 5);
                break;
            case SensorKind.Libre2:
                Write(EntryLayouts.SessionStopLibre2, PumpSeconds - (int)((_now - _sessionStart) / Second), PumpSeconds, 14, early ? 1 : 0);
                break;
            default:
                Write(EntryLayouts.SessionStopLibre3, 0, PumpSeconds, 14, early ? 1 : 0);
                break;
        }
    }

    private void WriteStopG7(bool early, int stop, int firstTime)
    {
        var age = (int)((_now - _sensorStart) / Second);

        // A sensor that fails early has no times left; reasons 15 and 16 were both captured.
        var hasFailed = early && _quirks.Chance(0.5);
        Write(
            EntryLayouts.SessionStopG7,
            age,
            hasFailed ? unchecked((int)NotRecorded) : firstTime,
            early ? 0 : stop,
            _sensorDays,
            hasFailed ? 15 : early ? 16 : 5,
            early ? 0 : 1);
    }

    private void ReadingStep()
    {
        if (_now >= _sessionEnd)
        {
            if (!_poweredOff)
            {
                StopSession();
            }

            return;
        }

        if (_now < _warmUntil)
        {
            return;
        }

        var value = Measured();
        if (_poweredOff || _now < _gapUntil)
        {
            _missed.Add((_now - _readingAge, value));
            if (!_poweredOff && !_rangeAlert && !HasReading)
            {
                _rangeAlert = true;
                RaiseSensorAlert(14, 20, 0, clearAfter: 0);
            }

            return;
        }

        if (_rangeAlert)
        {
            _rangeAlert = false;
            ClearSensorAlert(14);
        }

        var hidden = IsHidden();
        if (IsRoutineWritten(3))
        {
            WriteReading(value, hidden, _readingAge, backfilled: false);
        }

        if (_missed.Count > 0)
        {
            PlanBackfill(value);
        }

        if (hidden)
        {
            return;
        }

        _lastReading = _now;
        _lastValue = value;
        if (_now < _nextDecision)
        {
            return;
        }

        // However often a sensor is read, decisions are made at most every five minutes.
        _nextDecision = _now + Step - Second;
        WatchGlucose(value);
        AdjustBasal();
    }

    private int Measured()
    {
        var (memory, noise) = IsReadByMinute ? (0.97, 0.72) : (0.85, 1.6);
        _sensorError = (_sensorError * memory) + (_air.Normal() * noise);
        var pressed = _now < _pressedUntil ? 48 : 0;

        // The body is simulated in steps of five minutes; in between, its trend continues.
        var moved = IsReadByMinute ? _body.Trend * Math.Min(1, (_now - _livedUntil) / (double)Step) : 0;
        return (int)Math.Clamp(_body.Glucose + moved + _sensorError - pressed, 20, 600);
    }

    /// <summary>Now and then a G7 has readings that it asks not to show.</summary>
    private bool IsHidden()
    {
        if (Sensor != SensorKind.DexcomG7)
        {
            return false;
        }

        if (_hiddenReadings > 0)
        {
            _hiddenReadings--;
            return true;
        }

        if (_air.Chance(_sparse ? 0.01 : 0.0012))
        {
            _hiddenReadings = _air.Next(0, 5);
            return true;
        }

        return false;
    }

    private void WriteReading(int value, bool hidden, long age, bool backfilled)
    {
        var status = hidden ? 6 : value > 400 ? 1 : value < 40 ? 2 : 0;
        var shown = (status, Sensor) switch
        {
            (0, _) => value,
            (1, SensorKind.DexcomG7) => Math.Min(1200, value + 40),
            (2, SensorKind.DexcomG7) => Math.Clamp(value, 31, 38),
            (6, _) => value,
            _ => 0,
        };
        var (dataType, origin) = (backfilled, IsReadByMinute) switch
        {
            (true, _) => (1 << 1, 1 << 1),
            (_, true) => (1 << 5, 1 << 9),
            _ => (1, 1),
        };
        var bits = origin | (1 << 5) | (hidden ? 0 : 0b1_1100_0000) | (SensorType << 11);
        var hasNoTrend = Has(LogTraits.MissingTrends) && Sensor is SensorKind.DexcomG6 or SensorKind.DexcomG7
            && (_now - _lastReading > 3 * Step || _quirks.Chance(0.001));
        var rate = backfilled ? 0
            : hasNoTrend ? (_quirks.Chance(0.9) ? NoTrend : NoTrendEither)
            : (int)Math.Clamp(_body.Trend * 2, -80, 80);
        var state = Sensor switch { SensorKind.DexcomG7 => hidden ? 33 : 32, SensorKind.DexcomG6 => 6, _ => 100 };

        // The pump dates a reading by its age on the clock as it now stands, also after a setting of the clock.
        var measured = (int)Math.Floor((_clock.Read(_now) - age) / 1000.0);
        var isRepeated = !backfilled && Has(LogTraits.RepeatedReadings) && _quirks.Chance(_sparse ? 0.02 : 0.002);
        ReadOnlySpan<int> values =
        [
            status, dataType, rate, state, -50 - _air.Next(0, 38), shown, measured, bits, backfilled ? 1 : 0,
            Sensor == SensorKind.DexcomG6 ? 1 : 0,
        ];
        Write(ReadingLayout, values);
        if (isRepeated)
        {
            Write(ReadingLayout, values);
        }
    }

    private void PlanBackfill(int liveValue)
    {
        var backfilled = _gapIsBackfilled;
        var every = IsReadByMinute ? (int)(Step / Minute) : 1;
        var missed = _missed.Where((m, i) => i % every == 0 && _now - m.Utc <= 3 * Hour).ToArray();
        _missed.Clear();
        if (!backfilled)
        {
            return;
        }

        var session = _sessionStart;
        var live = _now - _readingAge;
        var again = _air.Chance(0.35);
        var apart = _air.Next(-60, 61) * Second;
        In(_air.Next(15, 90) * Second, () =>
        {
            if (_poweredOff || _sessionStart != session)
            {
                return;
            }

            foreach (var (utc, value) in missed)
            {
                if (IsKept(0.2))
                {
                    WriteReading(value, hidden: false, _now - utc, backfilled: true);
                }
            }

            // The reading that was received live comes once more, measured at nearly the same moment.
            if (again && !_sparse)
            {
                WriteReading(liveValue, hidden: false, _now - live - Math.Min(apart, _now - live - Second), backfilled: true);
            }
        });
    }

    private void BeginGap(int minutes)
    {
        if (IsNearEnd || _now < _gapUntil)
        {
            return;
        }

        _gapUntil = _now + (minutes * Minute);
        _gapIsBackfilled = _air.Chance(0.75);
        if (minutes <= 60)
        {
            return;
        }

        At(_gapUntil, () =>
        {
            if (Sensor == SensorKind.DexcomG6)
            {
                var age = (int)((_now - _sessionStart) / Second);
                Write(EntryLayouts.SessionJoinG6, TransmitterTime, TransmitterTime - age, _sensorDays, 10);
            }
            else if (Sensor == SensorKind.Libre2)
            {
                Write(EntryLayouts.SessionJoinLibre2, PumpSeconds - (int)((_now - _sessionStart) / Second), PumpSeconds, 14, 1);
            }
        });
    }

    private void WatchGlucose(int value)
    {
        Watch(ref _highAlert, 2, value > 250, value < 230, value, 200);
        Watch(ref _lowAlert, 3, value < 72, value > 85, value, 80);
        Watch(ref _urgentAlert, 1, value < 55, value > 70, value, 55);
        if (_body.Trend < -14 && IsKept(0.2))
        {
            RaiseSensorAlert(8, value, 3, clearAfter: 10 * Minute);
        }

        if (_predictedLow && IsClosedLoop && !_lowControl && value < 80 && IsKept(0.3))
        {
            _lowControl = true;
            Write(EntryLayouts.AlertActivated, 51, 0, 0, Single(866));
            In(25 * Minute, () =>
            {
                _lowControl = false;
                Write(EntryLayouts.AlertCleared, 51, 0);
            });
        }
    }

    private void Watch(ref bool raised, int id, bool begins, bool ends, int value, int threshold)
    {
        if (!raised && begins && IsKept(0.4))
        {
            raised = true;
            RaiseSensorAlert(id, value, threshold, clearAfter: 0);
        }
        else if (raised && ends)
        {
            raised = false;
            ClearSensorAlert(id);
        }
    }

    private bool HasOldSoftware => Algorithm == ControlAlgorithm.BasalIQ;

    private void RaiseSensorAlert(int id, int value, int threshold, long clearAfter)
    {
        if (IsLibre)
        {
            Write(EntryLayouts.CgmAlertActivatedLibre, id, SensorType, 8468, value, Single(threshold));
        }
        else if (HasOldSoftware)
        {
            Write(EntryLayouts.CgmAlertActivatedOld, id, 8468, value, Single(threshold));
        }
        else
        {
            Write(EntryLayouts.CgmAlertActivated, id, SensorType, 0, 8465 + id, value, Single(threshold));
            if (_air.Chance(0.5))
            {
                var bySoftware = _air.Chance(0.2) ? 1 : 0;
                In(_air.Next(1, 12) * Minute, () => Write(EntryLayouts.CgmAlertAcknowledged, id, SensorType, 0, bySoftware));
            }
        }

        if (clearAfter > 0)
        {
            In(clearAfter, () => ClearSensorAlert(id));
        }
    }

    private void ClearSensorAlert(int id)
    {
        if (IsLibre)
        {
            Write(EntryLayouts.CgmAlertClearedLibre, id, SensorType);
        }
        else if (HasOldSoftware)
        {
            Write(EntryLayouts.CgmAlertClearedOld, id);
        }
        else
        {
            Write(EntryLayouts.CgmAlertCleared, id, SensorType);
        }
    }
}

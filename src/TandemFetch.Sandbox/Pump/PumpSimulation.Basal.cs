namespace TandemFetch.Sandbox.Pump;

internal sealed partial class PumpSimulation
{
    private const int NotInEffect = 65_535;
    private const int NoAdjustment = 100;
    private const int NoControl = 0;
    private const int OpenLoop = 1;
    private const int Pining = 2;
    private const int ClosedLoop = 3;

    private bool _suspended;
    private bool _poweredOff;
    private int _suspendReason;
    private int _control = ClosedLoop;
    private int _rateSource = 1;
    private int _algorithmRate = NotInEffect;
    private int _tempRate = NotInEffect;
    private long _tempRateEnds;
    private int _tempRateId;
    private int _reservoir;
    private int _doseRate;
    private int _doseId;
    private int _tempPercent = NoAdjustment;
    private double _unitsSinceStep;
    private long _lastAutomaticBolus;
    private bool _predictedLow;
    private long _siteFailsFrom = long.MaxValue;
    private readonly double _exerciseNeeds;
    private double _sensitivity = 1;
    private double _needToday = 1;

    private int ProfileRate => _profile.BasalRate(SettingsVersion(_now), TherapyProfile.SegmentAt(MinuteOfPumpDay));

    /// <summary>Bolus insulin still to act, as the pump would show it.</summary>
    private double InsulinOnBoard => Math.Max(0, _body.InsulinInBody - GlucoseModel.InsulinAtRest(ProfileRate / 1000.0));

    private bool IsClosedLoop => Algorithm != ControlAlgorithm.BasalIQ;

    private bool IsLooping => IsClosedLoop && !_suspended && HasReading;

    /// <summary>What the pump is set to give, milliunits an hour; doses are given at that rate on average.</summary>
    private int CommandedRate => Algorithm == ControlAlgorithm.SyncDose ? _doseRate : Basal.Rate;

    private void BasalStep()
    {
        LiveFiveMinutes();
        _livedUntil = _now;
        if (_poweredOff)
        {
            return;
        }

        if (_tempRate != NotInEffect && _now >= _tempRateEnds)
        {
            EndTempRate();
        }

        FollowControlMode();
        var rate = ChooseRate();
        GiveBasal(rate, routine: true);
        if (Algorithm == ControlAlgorithm.BasalIQ)
        {
            WriteBasalIq();
        }

        ConsiderAutomaticBolus();
        WatchReservoir();
    }

    /// <summary>Simulates the body for the five minutes since the last step, with the insulin given in them.</summary>
    private void LiveFiveMinutes()
    {
        var basal = Basal.Rate / 12_000.0;
        InjectLaterPart();
        var units = _now >= _siteFailsFrom ? (basal + _unitsSinceStep) * 0.15 : basal + _unitsSinceStep;
        _unitsSinceStep = 0;
        _reservoir = Math.Max(0, _reservoir - (int)(basal * 1000));
        _body.Step(units, NeedNow(), _sensitivity);
    }

    private double NeedNow()
    {
        var local = (_now + Itinerary.OffsetAt(_now)) / Minute % 1440;
        var version = SettingsVersion(_now);
        return _profile.BasalRate(version, TherapyProfile.SegmentAt((int)local)) / 1000.0 * _needToday;
    }

    private int ChooseRate()
    {
        var profile = ProfileRate;
        _algorithmRate = NotInEffect;
        if (_suspended)
        {
            _rateSource = 0;
            return 0;
        }

        if (IsLooping)
        {
            _algorithmRate = ControlledRate(profile);
            _rateSource = _tempRate == NotInEffect ? 3 : 4;
            return _algorithmRate;
        }

        _rateSource = _tempRate == NotInEffect ? 1 : 2;
        return _tempRate == NotInEffect ? profile : _tempRate;
    }

    /// <summary>A substitute for the algorithm: predicts half an hour and scales the profile's rate.</summary>
    private int ControlledRate(int profile)
    {
        var foreseen = Foreseen();
        var (low, high) = _userMode switch
        {
            SleepMode => (112.0, 120.0),
            ExerciseMode => (140.0, 160.0),
            _ => (112.0, 160.0),
        };
        _predictedLow = foreseen < 70;
        var factor = foreseen switch
        {
            < 70 => 0,
            _ when foreseen < low => (foreseen - 70) / (low - 70),
            _ when foreseen > high => Math.Min(2.8, 1 + ((foreseen - high) / 45)),
            _ => 1,
        };
        return Math.Min(15_000, (int)(profile * factor));
    }

    /// <summary>A reading that calls for much more or less takes effect at once, not only in the next step.</summary>
    private void AdjustBasal()
    {
        if (!IsLooping || Algorithm == ControlAlgorithm.SyncDose)
        {
            return;
        }

        var rate = ChooseRate();
        if (Math.Abs(rate - Basal.Rate) > ProfileRate / 16)
        {
            GiveBasal(rate, routine: true);
        }
    }

    private double Foreseen() =>
        _lastValue + (_body.Trend * 4.5) - (InsulinOnBoard * _profile.CorrectionFactor * 0.12);

    private void GiveBasal(int rate, bool routine)
    {
        if (Algorithm == ControlAlgorithm.SyncDose)
        {
            _doseRate = rate;
            if (routine)
            {
                GiveDose();
            }

            return;
        }

        var before = Basal.Rate;
        Basal.Change(_now, rate);
        if (routine && !IsRoutineWritten(2))
        {
            return;
        }

        Write(
            EntryLayouts.BasalDelivery, _rateSource, _pump.Chance(0.7) ? 3 : 0, 0, rate, ProfileRate, _algorithmRate, _tempRate);
        // Most deliveries are also logged as a change of rate, even if the rate stays the same.
        if (rate == before && _pump.Chance(0.15))
        {
            return;
        }

        var change = _suspended ? 1 << 4 : _tempRate != NotInEffect && _tempRate == rate ? 1 << 2 : 1;
        WriteNext(EntryLayouts.BasalRateChange, Units(rate), Units(ProfileRate), Single(15), 1, change);
    }

    /// <summary>
    /// The insulin of five minutes at once. A dose that is caught by a suspension or a loss of power is not given.
    /// </summary>
    private void GiveDose()
    {
        var milliunits = (int)Math.Round(_doseRate / 12.0);
        var (id, source, rate) = (_doseId = (_doseId + 1) % 65_536, _rateSource, _doseRate);
        var isWritten = IsRoutineWritten(2);
        if (isWritten)
        {
            Write(
                EntryLayouts.DoseStarted, id, source, _tempPercent, Units(milliunits), rate, ProfileRate,
                Single(InsulinOnBoard));
        }

        In(Math.Max(1, milliunits / MilliunitsPerSecond) * Second, () =>
        {
            if (_poweredOff)
            {
                return;
            }

            var given = _suspended ? 0 : milliunits;
            Basal.Give(_now, given);
            _unitsSinceStep += given * 0.001;
            _reservoir -= given;
            if (isWritten)
            {
                Write(EntryLayouts.DoseCompleted, id, source, _tempPercent, Units(given), rate, Single(InsulinOnBoard));
            }
        });
    }

    private void FollowControlMode()
    {
        if (!IsClosedLoop)
        {
            return;
        }

        ChangeControl(_suspended ? NoControl : HasReading ? ClosedLoop : _now - _lastReading > Hour ? OpenLoop : Pining);
    }

    private void ChangeControl(int control)
    {
        if (control == _control || !IsClosedLoop)
        {
            return;
        }

        Write(
            EntryLayouts.ControlModeChange, control, _control, _suspended ? 1 : 0, 1, HasReading ? 1 : 0, 1, 1);
        _control = control;
    }

    private void Suspend(int reason)
    {
        if (_suspended)
        {
            return;
        }

        AbortBoluses(reason);
        _suspended = true;
        _suspendReason = reason;
        Write(EntryLayouts.PumpingSuspended, 106, _reservoir / 1000, reason, 15);
        FollowControlMode();
        GiveBasal(ChooseRate(), routine: false);
        if (reason == 0)
        {
            RemindToResume();
        }
    }

    private void RemindToResume()
    {
        var suspendedAt = _now;
        _suspendedAt = suspendedAt;
        In(15 * Minute, () =>
        {
            if (!_suspended || _suspendedAt != suspendedAt || _poweredOff)
            {
                return;
            }

            // Both reminders are logged together, as captured.
            Write(EntryLayouts.AlarmActivated, 18, 8311, 3_993_668, Single(0));
            WriteNext(EntryLayouts.AlarmActivated, 23, 8311, 18, Single(0));
            _reminded = true;
        });
    }

    private void Resume()
    {
        if (!_suspended || _poweredOff)
        {
            return;
        }

        if (_reminded)
        {
            Write(EntryLayouts.AlarmCleared, 23);
            WriteNext(EntryLayouts.AlarmCleared, 18);
            _reminded = false;
        }

        _suspended = false;
        Write(EntryLayouts.PumpingResumed, 100, _reservoir / 1000);
        FollowControlMode();
        GiveBasal(ChooseRate(), routine: false);
    }

    private void StartTempRate(int percent, int minutes)
    {
        if (_suspended || _poweredOff || _tempRate != NotInEffect)
        {
            return;
        }

        _tempRate = ProfileRate * percent / 100;
        _tempRateEnds = _now + (minutes * Minute);
        _tempRateId++;
        if (Algorithm == ControlAlgorithm.SyncDose)
        {
            _tempPercent = percent;
            Write(EntryLayouts.TempAdjustmentActivated, percent, percent, minutes * 60_000, 0, _tempRateId);
        }
        else
        {
            Write(EntryLayouts.TempRateActivated, Single(percent), Single(minutes * 60_000.0), _tempRateId);
        }

        GiveBasal(ChooseRate(), routine: false);
    }

    private void EndTempRate()
    {
        _tempRate = NotInEffect;
        _tempPercent = NoAdjustment;
        if (Algorithm == ControlAlgorithm.SyncDose)
        {
            const int Completed = 3;
            Write(EntryLayouts.TempAdjustmentCompleted, Completed, _tempRateId, 0);
        }
        else
        {
            Write(EntryLayouts.TempRateCompleted, _tempRateId, 0);
        }
    }

    /// <summary>Basal-IQ looks at each reading and suspends before a low.</summary>
    private void WriteBasalIq()
    {
        var foreseen = HasReading ? Foreseen() : 0;
        _predictedLow = HasReading && (foreseen < 80 || _body.Glucose < 70);
        if (_predictedLow && !_suspended)
        {
            Suspend(6);
        }
        else if (_suspended && _suspendReason == 6 && (_body.Trend > 0.5 || !HasReading))
        {
            Resume();
        }

        if (IsRoutineWritten(6))
        {
            var reading = HasReading ? (int)Math.Clamp(_body.Glucose, 40, 400) : 0;
            Write(
                EntryLayouts.BasalIqPeriodic,
                PumpSeconds,
                reading,
                (int)Math.Max(0, foreseen),
                HasReading ? 1 : 0,
                HasReading ? 1 : 0,
                _suspended ? 1 : 0,
                _suspended ? 1 : 0,
                _suspended ? 2 : 0);
        }
    }

    private void ConsiderAutomaticBolus()
    {
        if (!IsLooping || _userMode == SleepMode || _now - _lastAutomaticBolus < Hour || _boluses.Count > 0)
        {
            return;
        }

        var foreseen = Foreseen();
        if (foreseen < 185)
        {
            return;
        }

        var milliunits = (int)Math.Min(6000, 550.0 * (foreseen - 115) / _profile.CorrectionFactor) - (int)(InsulinOnBoard * 300);
        if (milliunits >= 150)
        {
            _lastAutomaticBolus = _now;
            RequestBolus(BolusKind.Automatic, 0, milliunits / 10 * 10, 0);
        }
    }

    private void WatchReservoir()
    {
        if (_reservoir < 20_000 && !_lowInsulin)
        {
            _lowInsulin = true;
            Write(EntryLayouts.AlertActivated, 0, 0, 0, Single(_reservoir / 1000));
        }

        if (_reservoir < 3_000 && !_siteChangePlanned)
        {
            _siteChangePlanned = true;
            Write(EntryLayouts.AlarmActivated, 8, 8204, 0, Single(0));
            Suspend(1);
            In(25 * Minute, () =>
            {
                Write(EntryLayouts.AlarmCleared, 8);
                ChangeSite();
            });
        }
    }
}

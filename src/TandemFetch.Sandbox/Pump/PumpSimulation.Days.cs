namespace TandemFetch.Sandbox.Pump;

internal sealed partial class PumpSimulation
{
    private const int NormalMode = 0;
    private const int SleepMode = 1;
    private const int ExerciseMode = 2;
    private const int EatingSoonMode = 3;

    private const double MissedMeals = 0.07;

    private int _userMode;
    private bool _sleptByHand;
    private bool _lowInsulin;
    private bool _lowControl;
    private bool _siteChangePlanned;
    private bool _reminded;
    private long _suspendedAt;
    private long _nextSiteChange;

    /// <summary>Nothing that interrupts the log happens shortly before the first upload that a client sees.</summary>
    private bool IsNearEnd => _now > _end - (3 * Hour) && _now < _end + Hour;

    /// <summary>What the owner will do on this local day. Planned at its beginning, in the zone where the owner then is.</summary>
    private void PlanDay(long midnight)
    {
        // No two days are alike: sleep, stress, illness.
        _needToday = Math.Clamp((IsClosedLoop ? 1.06 : 0.94) + (_life.Normal() * 0.22), 0.6, 1.8);
        Meal(midnight, 7.4, 0.85, 30, 80);
        Meal(midnight, 12.6, 0.93, 35, 95);
        Meal(midnight, 16.2, 0.6, 12, 40);
        Meal(midnight, 19.0, 0.97, 40, 120);
        Meal(midnight, 21.6, 0.45, 10, 45);
        Maybe(midnight, 0.7, 9, 16, CorrectHigh);
        Maybe(midnight, 0.7, 16, 23, CorrectHigh);
        Maybe(midnight, 0.06, 10, 20, () => BolusByButton());
        Maybe(midnight, 0.2, 6, 22, () => BolusFor(0, fingerStick: true));
        Maybe(midnight, 0.3, 15, 19, Exercise);
        Maybe(midnight, IsClosedLoop ? 0.05 : 0, 17, 18.5, EatSoon);
        Maybe(midnight, 0.1, 8, 21, () => StartTempRate(_life.Next(4, 16) * 10, _life.Next(1, 7) * 30));
        Maybe(midnight, 0.12, 7, 22, () => Pause(_life.Next(6, 45)));
        Maybe(midnight, 0.4, 0, 24, () => BeginGap(_life.Next(8, 170)));
        Maybe(midnight, 0.12, 0, 6, () => _pressedUntil = _now + (_life.Next(15, 50) * Minute));
        Maybe(midnight, 0.3, 7, 23, Charge);
        Maybe(midnight, 0.7, 0, 12, StrayAlert);
        Maybe(midnight, 0.7, 12, 24, StrayAlert);
        Maybe(midnight, 0.012, 0, 24, () => _siteFailsFrom = _now);
        Maybe(midnight, 0.008, 1, 22, LosePower);
        Maybe(midnight, 0.0025, 0, 22, Malfunction);
        Maybe(midnight, 0.05, 0, 24, () => Write(EntryLayouts.Unheard, _life.Next(0, 9), Single(_life.NextDouble()), 5));
        if (midnight + (12 * Hour) > _nextSiteChange)
        {
            Maybe(midnight, 1, 8, 21, ChangeSite);
            _nextSiteChange = midnight + (3 * 24 * Hour);
        }

        if (SettingsVersion(midnight + (24 * Hour)) != SettingsVersion(midnight))
        {
            At(midnight + (9 * Hour), ChangeSettings);
        }

        Sleep(midnight);
        var tomorrow = midnight + (36 * Hour);
        var offset = Itinerary.OffsetAt(tomorrow);
        var next = (((tomorrow + offset) / (24 * Hour)) * 24 * Hour) - offset;
        At(Math.Max(next, _now + Hour), () => PlanDay(next));
    }

    /// <summary>
    /// Whoever adjusts rates also renames the profile, and the schedule of the new algorithm changes with it.
    /// </summary>
    private void ChangeSettings()
    {
        if (Has(LogTraits.ProfileActions))
        {
            const int Renamed = 4;
            var name = $"Weekday {SettingsVersion(_now + (24 * Hour))}".PadRight(16, '\0');
            Write(EntryLayouts.ProfileAction1, [0, Renamed, 0, .. name[..8].Select(letter => (int)letter)]);
            WriteNext(EntryLayouts.ProfileAction2, [0, .. name[8..].Select(letter => (int)letter)]);
        }

        if (Algorithm == ControlAlgorithm.SyncDose)
        {
            Write(EntryLayouts.ScheduleChanged, SleepAndEatSchedule);
        }
    }

    private void Maybe(long midnight, double probability, double fromHour, double toHour, Action action)
    {
        // Always drawn, so that one probability does not shift the days that follow.
        var happens = _life.Chance(probability);
        var at = midnight + (long)(_life.Between(fromHour, toHour) * Hour);
        if (happens && at > _now)
        {
            At(at, action);
        }
    }

    private void Meal(long midnight, double hour, double probability, int from, int to)
    {
        var grams = _life.Next(from, to);
        var missed = _life.Chance(MissedMeals);
        var early = _life.Between(-12, 18);
        var misjudged = 1 + (_life.Normal() * _skill);
        Maybe(midnight, probability, hour - 0.7, hour + 0.7, () =>
        {
            In(12 * Minute, () => _body.Eat(grams));
            if (!missed)
            {
                In((long)(Math.Max(0, early) * Minute), () => BolusFor(Math.Max(5, (int)(grams * misjudged)), _life.Chance(0.1)));
            }
        });
    }

    private void CorrectHigh()
    {
        if (_body.Glucose > 190)
        {
            BolusFor(0, fingerStick: false);
        }
    }

    private void BolusByButton()
    {
        if (!_suspended && !_poweredOff && _boluses.Count == 0 && _body.Glucose > 130)
        {
            RequestBolus(BolusKind.Quick, 0, _life.Next(1, 5) * 500, 0);
        }
    }

    private void Pause(int minutes)
    {
        if (_suspended || _poweredOff || (IsNearEnd && minutes > 10))
        {
            return;
        }

        Suspend(0);
        var since = _suspendedAt;
        In(minutes * Minute, () =>
        {
            if (_suspendedAt == since)
            {
                Resume();
            }
        });
    }

    private void ChangeSite()
    {
        if (_poweredOff || _boluses.Count > 0)
        {
            In(20 * Minute, ChangeSite);
            return;
        }

        if (_suspended && _suspendReason != 1)
        {
            In(30 * Minute, ChangeSite);
            return;
        }

        Suspend(0);
        _suspendReason = 0;
        var units = _pump.Next(6, 26) * 10;
        In(_life.Next(2, 22) * Minute, () =>
        {
            _reservoir = units * 1000;
            Write(EntryLayouts.CartridgeFilled, units, Single(0));
            var unknown = _pump.Chance(0.5);
            WriteNext(
                EntryLayouts.TubingFilled, unknown ? Single(-1) : Single(_pump.Next(120, 240) * 0.1), _pump.Chance(0.04) ? 0 : 3,
                _pump.Next(400_000, 800_000));
            if (_lowInsulin)
            {
                _lowInsulin = false;
                Write(EntryLayouts.AlertCleared, 0, 0);
            }

            In(40 * Second, () =>
            {
                if (_pump.Chance(0.1))
                {
                    Write(EntryLayouts.CannulaFilledOlder, Single(0.3), 3);
                }
                else
                {
                    Write(EntryLayouts.CannulaFilled, Single(_pump.Chance(0.6) ? 0.3 : 0.5), 3, 0);
                }

                _siteFailsFrom = long.MaxValue;
                _siteChangePlanned = false;
                In(20 * Second, Resume);
            });
        });
    }

    private void Exercise()
    {
        var minutes = _life.Next(30, 95);
        var byTimer = _life.Chance(0.3);
        _sensitivity = 1.35 + (_exerciseNeeds * 0.15);
        In((minutes + 40) * Minute, () => _sensitivity = 1);
        if (_life.Chance(0.15) || _poweredOff)
        {
            return;
        }

        ChangeMode(ExerciseMode, 3, timed: byTimer ? minutes : 0);
        In(minutes * Minute, () =>
        {
            if (_userMode == ExerciseMode)
            {
                ChangeMode(NormalMode, byTimer ? 0 : _life.Chance(0.2) ? 5 : 4, timed: byTimer ? minutes : 0);
            }
        });
    }

    private void EatSoon()
    {
        if (_userMode != NormalMode || _poweredOff)
        {
            return;
        }

        ChangeMode(EatingSoonMode, 6);
        In(55 * Minute, () =>
        {
            if (_userMode == EatingSoonMode)
            {
                ChangeMode(NormalMode, _life.Chance(0.5) ? 7 : 0);
            }
        });
    }

    /// <summary>The pump's own schedule follows the pump's clock; now and then the owner starts sleep by hand.</summary>
    private void Sleep(long midnight)
    {
        if (!IsClosedLoop)
        {
            return;
        }

        var byHand = _life.Chance(0.12);
        var shift = _life.Between(-1, 1);
        var wallMidnight = ((_clock.Read(midnight) / (24 * Hour)) + (_clock.Read(midnight) % (24 * Hour) > 12 * Hour ? 1 : 0)) * 24 * Hour;
        var falls = byHand ? midnight + (long)((22.5 + shift) * Hour) : _clock.UtcOf(wallMidnight + (22 * Hour) + (30 * Minute));
        var wakes = byHand ? midnight + (long)((30.5 + shift) * Hour) : _clock.UtcOf(wallMidnight + (30 * Hour) + (30 * Minute));
        At(Math.Max(_now, falls), () =>
        {
            if (_userMode == NormalMode)
            {
                _sleptByHand = byHand;
                ChangeMode(SleepMode, byHand || Has(LogTraits.ScheduledSleepActions) ? 1 : 0);
            }
        });
        At(Math.Max(_now, wakes), () =>
        {
            if (_userMode == SleepMode)
            {
                ChangeMode(NormalMode, byHand || Has(LogTraits.ScheduledSleepActions) ? 2 : 0);
            }
        });
    }

    private void ChangeMode(int mode, int action, int timed = 0)
    {
        if (!IsClosedLoop || mode == _userMode || _poweredOff)
        {
            return;
        }

        var stopsByTimer = _userMode == ExerciseMode && action == 0 ? 1 : 0;
        var eatingByTimer = _userMode == EatingSoonMode && action == 0 ? 1 : 0;
        var byHand = (mode == SleepMode || _userMode == SleepMode) && _sleptByHand ? 1 : 0;
        Write(
            EntryLayouts.UserModeChange, mode, _userMode, action, 0, byHand, byHand == 1 ? 0 : 1, 0, stopsByTimer,
            timed > 0 ? 1 : 0, timed, eatingByTimer);
        _userMode = mode;
    }

    private void Charge()
    {
        var low = _pump.Chance(0.3);
        if (low)
        {
            Write(EntryLayouts.AlertActivated, 2, 0, 24, Single(0));
        }

        In(25 * Minute, () =>
        {
            Write(EntryLayouts.UsbConnected, Single(500));
            if (low)
            {
                Write(EntryLayouts.AlertCleared, 2, 0);
            }
        });
        In(_pump.Next(40, 90) * Minute, () => Write(EntryLayouts.UsbDisconnected, Single(500)));
    }

    /// <summary>Alerts of many ids, some of them without a name in any catalogue, some with a property that is new.</summary>
    private void StrayAlert()
    {
        int[] ids = [11, 12, 13, 14, 17, 25, 48, 50, 54, 77];
        var id = ids[_pump.Next(0, ids.Length)];
        if (_pump.Chance(0.1))
        {
            Write(EntryLayouts.AlertActivatedNewer, id, 0, 0, Single(_pump.Next(0, 900)), 2);
        }
        else
        {
            Write(EntryLayouts.AlertActivated, id, 0, 0, Single(_pump.Next(0, 900)));
        }

        In(_pump.Next(1, 60) * Minute, () => Write(EntryLayouts.AlertCleared, id, 0));
    }

    private void LosePower()
    {
        if (_poweredOff || _suspended || IsNearEnd)
        {
            return;
        }

        GoOut();
        In(_pump.Next(25, 240) * Minute, Boot);
    }

    private void GoOut()
    {
        AbortBoluses(1);
        if (_pump.Chance(0.5))
        {
            Write(EntryLayouts.AlarmActivated, 12, 8300, 0, Single(0));
            Suspend(1);
        }
        else
        {
            Write(EntryLayouts.AlertActivated, 3, 0, 1, Single(0));
        }

        // Without an entry after this one: what is not logged is not delivered either.
        Basal.Change(_now, 0);
        _poweredOff = true;
    }

    private void Boot()
    {
        _poweredOff = false;
        Write(EntryLayouts.ArmInit, 1_108_201_743, 0, 0, Log.Count);
        WriteNext(EntryLayouts.VersionRecord, 1_108_201_743, 0, 0, 4711);
        Write(EntryLayouts.AlarmActivated, 3, 8300, 0, Single(0));
        if (_suspended)
        {
            Resume();
        }
        else
        {
            GiveBasal(ChooseRate(), routine: false);
        }

        In(2 * Minute, () => Write(EntryLayouts.AlarmCleared, 3));
        JoinAgain();
    }

    private void Malfunction()
    {
        if (_poweredOff || _suspended || IsNearEnd)
        {
            return;
        }

        Write(EntryLayouts.MalfunctionActivated, _pump.Next(3, 40), 12_301, 5, Single(0));
        Suspend(2);
        In(_pump.Next(20, 300) * Minute, Resume);
    }
}

namespace TandemFetch.Sandbox.Pump;

internal sealed partial class PumpSimulation
{
    private const long DayLength = 24 * Hour;

    /// <summary>The day that a pump shows when it leaves the factory or has lost its clock.</summary>
    private const long FactoryDay = 4394;

    private const int BalancedGoal = 1;

    /// <summary>Starts of four segments in minutes, then their kinds: 2 is standard, 3 more, 5 sleep.</summary>
    private static readonly int[] SleepAndEatSchedule = [0, 420, 1020, 1350, 5, 2, 3, 5];

    private long _nominalOffset;
    private long _midnightGeneration;

    private void Begin()
    {
        foreach (var action in Itinerary.Actions)
        {
            if (action.Utc > _start)
            {
                At(action.Utc, () => Perform(action));
            }
        }

        _nextBasal = _nextReading = long.MaxValue;
        if (Habits.FirstSetting == true)
        {
            BeginOnFactoryClock();
        }
        else
        {
            BeginTherapy();
        }
    }

    /// <summary>A new pump: some entries without meaning in time, then the owner sets date and time.</summary>
    private void BeginOnFactoryClock()
    {
        _clock.Set(_start, (FactoryDay * DayLength) + (3 * Hour) + (17 * Minute));
        Write(EntryLayouts.VersionRecord, 1_108_201_743, 0, 0, 4711);
        WriteNext(EntryLayouts.ArmInit, 1_108_201_743, 0, 0, 0);
        for (var i = 1; i <= 12; i++)
        {
            var alert = i;
            In(i * 70 * Second, () => Write(
                alert % 2 == 1 ? EntryLayouts.AlertActivatedNewer : EntryLayouts.AlertActivated,
                alert % 2 == 1 ? [54, 0, 0, Single(alert), 1] : [16, 0, 0, Single(alert)]));
        }

        In(20 * Minute, () =>
        {
            SetClock(Now2008 + Itinerary.BelievedOffsetAt(_now));
            In(5 * Minute, BeginTherapy);
        });
    }

    private void BeginTherapy()
    {
        _nextBasal = _now + (_pump.Next(1, 290) * Second);
        _nextReading = _now + (7 * Minute);
        StartSession();
        _nextSiteChange = _now + (_pump.Next(0, 3) * DayLength);
        var offset = Itinerary.OffsetAt(_now);
        var midnight = ((_now + offset) / DayLength * DayLength) - offset;
        PlanDay(midnight);
        AwaitMidnight();
    }

    private long Now2008 => _now - PumpClock.Epoch;

    private void Perform(ClockAction action)
    {
        if (_poweredOff || _nextBasal == long.MaxValue)
        {
            In(10 * Minute, () => Perform(action));
            return;
        }

        switch (action.Kind)
        {
            case ClockActionKind.Reset:
                ResetClock();
                return;
            case ClockActionKind.Drift:
                SetClock(Now2008 + _nominalOffset);
                return;
            case ClockActionKind.DateAlone:
                PutDateRight();
                return;
            case ClockActionKind.WrongDate:
                SetClock(Now2008 + _nominalOffset + (action.Slip!.Days * DayLength));
                PerformIn(action.Slip.Lasts, ClockActionKind.DateAlone);
                return;
            case ClockActionKind.EmptyBattery:
                RunEmpty(action.Battery!);
                return;
        }

        var offset = Itinerary.BelievedOffsetAt(action.RightAt);
        if (offset == _nominalOffset)
        {
            return;
        }

        _nominalOffset = offset;
        var wall = Now2008 + offset;
        if (action.Kind == ClockActionKind.LocalWithoutDate)
        {
            var shown = _clock.Read(_now);
            wall = (shown / DayLength * DayLength) + (wall % DayLength);
        }

        SetClock(wall);
    }

    private void PerformIn(TimeSpan time, ClockActionKind kind) =>
        In((long)time.TotalMilliseconds, () => Perform(new ClockAction(_now, _now, kind)));

    /// <summary>
    /// One setting by the owner, inaccurate by a few seconds. The date is set before the time, in two adjacent entries
    /// if both are written: the date's entry shows the new date with the old time, the time's entry the clock after the
    /// change.
    /// </summary>
    private void SetClock(long wall)
    {
        wall = (wall / Second * Second) + (_life.Next(-9, 10) * Second);
        var before = _clock.Read(_now);
        var (dateBefore, dateAfter) = (before / DayLength, wall / DayLength);
        if (dateBefore != dateAfter || _life.Chance(0.4))
        {
            _clock.Set(_now, (dateAfter * DayLength) + (before % DayLength));
            Write(EntryLayouts.DateChanged, (int)dateBefore, (int)dateAfter, RealTimeCounter);
        }

        _clock.Set(_now, wall);
        WriteNext(EntryLayouts.TimeChanged, (int)(before % DayLength), (int)(wall % DayLength), RealTimeCounter + 2);
        AwaitMidnight();
    }

    private void PutDateRight()
    {
        var shown = _clock.Read(_now);
        var right = Now2008 + _nominalOffset;
        var days = (long)Math.Round((right - shown) / (double)DayLength);
        if (days == 0)
        {
            return;
        }

        _clock.Set(_now, shown + (days * DayLength));
        Write(EntryLayouts.DateChanged, (int)(shown / DayLength), (int)((shown / DayLength) + days), RealTimeCounter);
        AwaitMidnight();
    }

    private void ResetClock()
    {
        var before = _clock.Read(_now);
        Write(EntryLayouts.AlarmActivated, 3, 8300, 0, Single(0));
        _clock.Set(_now, (FactoryDay * DayLength) + (before % DayLength));
        Write(EntryLayouts.DateChanged, (int)(before / DayLength), (int)FactoryDay, RealTimeCounter);
        Write(EntryLayouts.AlarmCleared, 3);
        AwaitMidnight();
        PerformIn(TimeSpan.FromMinutes(_pump.Next(5, 50)), ClockActionKind.Drift);
    }

    /// <summary>The clock starts again with the pump, and nothing in the log records it.</summary>
    private void RunEmpty(EmptyBattery battery)
    {
        GoOut();
        In((long)battery.Off.TotalMilliseconds, () =>
        {
            // Earlier readings of the sensor would be older than the clock.
            _missed.Clear();
            _clock.Set(_now, (SyntheticPump.ToPumpDay(battery.FirstDay) * DayLength) + (30 * Second));
            Boot();
            AwaitMidnight();
            PerformIn(battery.Unset, ClockActionKind.Drift);
        });
    }

    /// <summary>Milliseconds of a free-running counter, 32 bits wide.</summary>
    private int RealTimeCounter => unchecked((int)(_now - _start + 11_120_495));

    private void WriteDailyStatus()
    {
        if (Algorithm != ControlAlgorithm.SyncDose)
        {
            Write(EntryLayouts.DailyStatus, _control, _userMode, SensorType, 0, 0, 0);
            return;
        }

        Write(EntryLayouts.NewAlgorithmStatus1, [1, 40, BalancedGoal, 0, .. SleepAndEatSchedule]);
        WriteNext(EntryLayouts.NewAlgorithmStatus2, _control, SensorType);
    }

    private void AwaitMidnight()
    {
        var generation = ++_midnightGeneration;
        var wall = ((_clock.Read(_now) / DayLength) + 1) * DayLength;
        var utc = _clock.UtcOf(wall);
        while (_clock.Read(utc) < wall)
        {
            utc++;
        }

        At(utc, () =>
        {
            if (generation != _midnightGeneration)
            {
                return;
            }

            AwaitMidnight();
            WriteNewDay();
        });
    }

    private void WriteNewDay()
    {
        if (_poweredOff)
        {
            return;
        }

        Write(EntryLayouts.NewDay, Units(CommandedRate), 0, 0);
        In(6 * Second, () =>
        {
            if (_poweredOff)
            {
                return;
            }

            Write(EntryLayouts.Versions, 1_016_587, 1_108_201_743, 1_016_587, 1_108_201_743);
            WriteDailyStatus();
            if (!HasOldSoftware)
            {
                var total = Basal.ByUtcDay.Values.LastOrDefault();
                var (charge, voltage) = (_pump.Next(30, 100), _pump.Next(3600, 4100));
                Write(
                    EntryLayouts.DailyBasal, Single(total), Units(CommandedRate), Single(InsulinOnBoard), voltage,
                    charge, 1);
            }
        });
    }
}

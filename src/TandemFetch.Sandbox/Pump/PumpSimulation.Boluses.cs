namespace TandemFetch.Sandbox.Pump;

internal sealed partial class PumpSimulation
{
    private const int MilliunitsPerSecond = 35;

    private readonly List<RunningBolus> _boluses = [];
    private readonly double _remoteShare;
    private readonly bool _logsAutomaticRequests;
    private readonly double _skill;
    private int _bolusId;
    private int _remoteId;

    /// <summary>The owner requests insulin as the pump's calculator suggests it.</summary>
    private void BolusFor(int carbs, bool fingerStick)
    {
        if (_suspended || _poweredOff || _boluses.Exists(b => b.Part is BolusPart.Waiting or BolusPart.Now))
        {
            return;
        }

        var glucose = HasReading || fingerStick ? (int)Math.Clamp(_body.Glucose + (_life.Normal() * 6), 40, 500) : 0;
        var remote = _life.Chance(_remoteShare);
        if (glucose > 0 && IsKept(0.4))
        {
            Write(
                EntryLayouts.BgReading,
                glucose,
                fingerStick && _life.Chance(0.1) ? 1 : 0,
                fingerStick ? 0 : 1,
                Single(InsulinOnBoard),
                _profile.Target,
                _profile.CorrectionFactor,
                1,
                remote ? 1 : 0);
        }

        var food = (int)(carbs / _profile.CarbRatio * 100) * 10;
        var correction = glucose > 120
            ? (int)(Math.Max(0, ((glucose - _profile.Target) / (double)_profile.CorrectionFactor) - InsulinOnBoard) * 100) * 10
            : 0;
        var declined = correction > 0 && carbs > 0 && _life.Chance(0.06);
        if (declined)
        {
            correction = 0;
        }

        if (food + correction < 50)
        {
            return;
        }

        var extended = carbs > 45 && _life.Chance(0.14);
        var kind = (extended, remote) switch
        {
            (true, true) => BolusKind.RemoteExtended,
            (true, false) => BolusKind.Extended,
            (false, true) => Algorithm == ControlAlgorithm.SyncDose ? BolusKind.RemoteRecommended : BolusKind.Remote,
            _ => BolusKind.Standard,
        };
        RequestBolus(kind, carbs, food, correction, glucose, declined);
    }

    private void RequestBolus(
        BolusKind kind, int carbs, int food, int correction, int glucose = 0, bool declined = false)
    {
        var proposed = food + correction;
        var overridden = kind is BolusKind.Standard or BolusKind.Remote && _life.Chance(0.08);
        var total = Math.Clamp(overridden ? (int)(proposed * _life.Between(0.6, 1.4)) / 10 * 10 : proposed, 50, 25_000);
        var extended = kind is BolusKind.Extended or BolusKind.RemoteExtended;
        var percent = extended ? _life.Next(0, 8) * 10 : 100;
        var now = total * percent / 100 / 10 * 10;
        var automatic = kind == BolusKind.Automatic;
        var remote = kind is BolusKind.Remote or BolusKind.RemoteExtended or BolusKind.RemoteRecommended;
        var logged = IsKept(automatic ? 0.15 : 0.45);
        var id = _bolusId;
        _bolusId = _bolusId >= 65_535 ? 1 : _bolusId + 1;
        _remoteId = (_remoteId + 1) % 256;
        var minutes = extended ? _life.Next(2, 17) * 15 : 0;
        var bolus = new RunningBolus
        {
            Id = id,
            Kind = kind,
            TypeBits = (now > 0 ? 1 : 0) | (extended ? 2 : 0) | (overridden ? 4 : 0) | (correction > 0 || automatic ? 8 : 0)
                | (carbs > 0 ? 16 : 0),
            Source = kind switch
            {
                BolusKind.Automatic => 7,
                BolusKind.Remote or BolusKind.RemoteExtended => 8,
                BolusKind.RemoteRecommended => 11,
                BolusKind.Quick => 0,
                _ => 1,
            },
            RemoteId = _remoteId,
            Carbs = carbs,
            Now = now,
            Later = total - now,
            Correction = automatic ? total : correction,
            ExtendedMinutes = minutes,
            Logged = logged,
            TruthIndex = logged ? Boluses.Count : -1,
        };
        _boluses.Add(bolus);
        if (logged)
        {
            Boluses.Add(new BolusTruth(
                id, 0, DateTimeOffset.FromUnixTimeMilliseconds(_now), kind, carbs, total, null, null, null));
            if (!automatic || _logsAutomaticRequests)
            {
                var type = automatic ? 2 : remote ? 3 : carbs > 0 ? 1 : 0;
                var shown = !remote && kind is BolusKind.Standard or BolusKind.Extended;
                Write(
                    EntryLayouts.BolusRequested1, id, type, correction > 0 ? 1 : 0, carbs, glucose, Single(InsulinOnBoard),
                    shown ? (int)(_profile.CarbRatio * 1000) : 0);
                NoteFirstEntry(bolus);
                WriteNext(
                    EntryLayouts.BolusRequested2, id, (int)kind, percent, minutes, 0, shown ? _profile.CorrectionFactor : 0,
                    shown ? _profile.Target : 0, overridden ? 1 : 0, declined ? 1 : 0, 1);
                var byButton = kind == BolusKind.Quick || automatic;
                var whole = overridden || byButton
                    ? total * 0.001f
                    : (food * 0.001f) + (correction * 0.001f);
                WriteNext(
                    EntryLayouts.BolusRequested3, id, 0, byButton ? 0 : Units(food), byButton ? 0 : Units(correction),
                    Single(whole));
            }
        }

        In(automatic ? 0 : 15 * Second, () => BeginBolus(bolus));
    }

    private void NoteFirstEntry(RunningBolus bolus)
    {
        if (bolus.TruthIndex >= 0 && Boluses[bolus.TruthIndex].FirstSequence == 0)
        {
            Boluses[bolus.TruthIndex] = Boluses[bolus.TruthIndex] with { FirstSequence = _sequence };
        }
    }

    private void BeginBolus(RunningBolus bolus)
    {
        if (bolus.Part != BolusPart.Waiting)
        {
            return;
        }

        if (bolus.Now == 0)
        {
            BeginLaterPart(bolus);
            return;
        }

        bolus.Part = BolusPart.Now;
        bolus.NowStarted = _now;
        if (bolus.Logged)
        {
            Write(EntryLayouts.BolusActivated, bolus.Id, 1, 0, Single(InsulinOnBoard), Units(bolus.Now));
            NoteFirstEntry(bolus);
            WriteProgress(bolus, running: true, adjacent: true);
        }

        var duration = Math.Max(2, bolus.Now / MilliunitsPerSecond) * Second;
        var abortedAfter = bolus.Now > 500 && _life.Chance(0.02) ? (long)(duration * _life.Between(0.1, 0.9)) : 0;
        var occludedAfter = abortedAfter == 0 && bolus.Now > 1000 && _life.Chance(0.006) ? duration / 2 : 0;
        if (abortedAfter > 0)
        {
            In(abortedAfter, () => EndBolus(bolus, 0));
        }
        else if (occludedAfter > 0)
        {
            In(occludedAfter, Occlude);
        }

        In(duration, () => EndNowPart(bolus));
    }

    private void EndNowPart(RunningBolus bolus)
    {
        if (bolus.Part != BolusPart.Now)
        {
            return;
        }

        if (bolus.Later == 0)
        {
            EndBolus(bolus, 3);
            return;
        }

        CountNowPart(bolus, bolus.Now);
        if (bolus.Logged)
        {
            WriteCompletion(EntryLayouts.BolusCompleted, bolus, 3, bolus.GivenNow, bolus.Now);
        }

        BeginLaterPart(bolus);
    }

    private void BeginLaterPart(RunningBolus bolus)
    {
        bolus.Part = BolusPart.Later;
        bolus.LaterStarted = _now;
        if (bolus.Logged)
        {
            Write(EntryLayouts.ExtendedActivated, bolus.Id, 1, 0, Single(InsulinOnBoard), Units(bolus.Later));
            NoteFirstEntry(bolus);
            WriteProgress(bolus, running: true, adjacent: true);
        }

        var duration = bolus.ExtendedMinutes * Minute;
        In(duration, () => EndBolus(bolus, 3));
        if (_life.Chance(0.1))
        {
            In(duration / 3, () => EndBolus(bolus, 0));
        }
    }

    /// <summary>Adds to the body what the extended part has given so far.</summary>
    private void InjectLaterPart()
    {
        foreach (var bolus in _boluses)
        {
            if (bolus.Part == BolusPart.Later)
            {
                var given = LaterGivenByNow(bolus);
                _unitsSinceStep += (given - bolus.InjectedLater) * 0.001;
                _reservoir -= given - bolus.InjectedLater;
                bolus.InjectedLater = given;
            }
        }
    }

    private int LaterGivenByNow(RunningBolus bolus) =>
        (int)Math.Min(bolus.Later, bolus.Later * (_now - bolus.LaterStarted) / (bolus.ExtendedMinutes * Minute));

    private void CountNowPart(RunningBolus bolus, int given)
    {
        bolus.GivenNow = given;
        _unitsSinceStep += given * 0.001;
        _reservoir -= given;
    }

    private void EndBolus(RunningBolus bolus, int status)
    {
        if (bolus.Part == BolusPart.Ended)
        {
            return;
        }

        if (bolus.Part == BolusPart.Now)
        {
            var elapsed = (_now - bolus.NowStarted) / Second * MilliunitsPerSecond;
            CountNowPart(bolus, status == 3 ? bolus.Now : (int)Math.Min(bolus.Now, elapsed) / 10 * 10);
        }
        else if (bolus.Part == BolusPart.Later)
        {
            InjectLaterPart();
            bolus.GivenLater = LaterGivenByNow(bolus);
        }

        var part = bolus.Part;
        bolus.Part = BolusPart.Ended;
        _boluses.Remove(bolus);
        if (!bolus.Logged)
        {
            return;
        }

        // Aborted before anything started: the pump still logs how it ended.
        WriteProgress(bolus, running: false, adjacent: false);
        NoteFirstEntry(bolus);
        if (part == BolusPart.Later)
        {
            WriteCompletion(EntryLayouts.ExtendedCompleted, bolus, status, bolus.GivenLater, bolus.Later);
        }
        else
        {
            WriteCompletion(EntryLayouts.BolusCompleted, bolus, status, bolus.GivenNow, bolus.Now);
        }

        Boluses[bolus.TruthIndex] = Boluses[bolus.TruthIndex] with
        {
            DeliveredMilliunits = bolus.GivenNow + bolus.GivenLater,
            CompletionStatus = status,
            EndedUtc = DateTimeOffset.FromUnixTimeMilliseconds(_now),
        };
    }

    private void AbortBoluses(int status)
    {
        foreach (var bolus in _boluses.ToArray())
        {
            EndBolus(bolus, status);
        }
    }

    private void Occlude()
    {
        if (_suspended || _poweredOff)
        {
            return;
        }

        var id = _pump.Chance(0.5) ? 2 : 26;
        Write(EntryLayouts.AlarmActivated, id, 8300, 0, Single(0));
        Suspend(1);
        In(_life.Next(3, 40) * Minute, () =>
        {
            if (!_poweredOff)
            {
                Write(EntryLayouts.AlarmCleared, id);
                Resume();
            }
        });
    }

    private void WriteProgress(RunningBolus bolus, bool running, bool adjacent)
    {
        var total = running && bolus.Part == BolusPart.Now ? 0 : bolus.GivenNow + bolus.GivenLater;
        Append(
            EntryLayouts.BolusDelivery,
            adjacent,
            [
                bolus.Id, running ? 1 : 0, bolus.TypeBits, bolus.Source, bolus.RemoteId, bolus.Now, bolus.Later, bolus.Correction,
                bolus.ExtendedMinutes, total,
            ]);
    }

    private void WriteCompletion(EntryLayout layout, RunningBolus bolus, int status, int given, int requested) =>
        Write(layout, status, bolus.Id, Single(InsulinOnBoard), Units(given), Units(requested));
}

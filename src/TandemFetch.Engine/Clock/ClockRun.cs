namespace TandemFetch.Engine.Clock;

/// <summary>
/// A run of a clock without an unlogged jump. The differences between its stretches are known exactly from the settings
/// between them, so one offset determines all others.
/// </summary>
/// <param name="Stretches">Its stretches, in log order.</param>
/// <param name="Jump">The jump that begins the run; null for the first run.</param>
internal sealed record ClockRun(IReadOnlyList<ClockStretch> Stretches, ClockStep? Jump)
{
    /// <summary>
    /// By how much the last stretch must have been set for a clock to be set again after it was reset.
    /// </summary>
    private static readonly TimeSpan LargestZoneChange = TimeSpan.FromHours(26);

    /// <summary>
    /// Whether nobody has set the date again since an empty battery: the clock went back by more than the difference
    /// between zones, and no setting made up for it.
    /// </summary>
    public bool IsNotSetAgain => Jump is { } jump && jump.Size < -LargestZoneChange && Stretches[0].Slip.Duration() <= LargestZoneChange;

    /// <summary>
    /// Calculates the offsets of all stretches from one of them. Over a setting, the offset differs by exactly the size
    /// of the setting, whether an hour or a year; but drift within a stretch is corrected by the next setting and must
    /// not add up over all of them.
    /// </summary>
    /// <param name="place">The stretch whose offset is known.</param>
    /// <param name="offset">Its offset.</param>
    public TimeSpan[] Offsets(int place, TimeSpan offset)
    {
        var offsets = new TimeSpan[Stretches.Count];
        offsets[place] = offset;
        for (var index = place - 1; index >= 0; index--)
        {
            offsets[index] = WhenSet(index + 1) - ChangeAfter(index);
        }

        for (var index = place + 1; index < offsets.Length; index++)
        {
            offsets[index] = offsets[index - 1] + ChangeAfter(index - 1);
            offsets[index] = WhenSet(index);
        }

        return offsets;

        TimeSpan ChangeAfter(int index) => Stretches[index + 1].Slip - Stretches[index].Slip;

        TimeSpan WhenSet(int index) => Stretches[index].IsHalfSet ? offsets[index] : ClockOffset.WhenSet(offsets[index]);
    }

    /// <summary>The runs of a log, oldest first.</summary>
    public static IReadOnlyList<ClockRun> Of(ClockHistory history)
    {
        var jumps = Jumps(history).ToDictionary(jump => jump.Position);
        var settings = history.Settings.Where(setting => setting.Change != TimeSpan.Zero).ToDictionary(setting => setting.Position);
        var runs = new List<ClockRun>();
        var stretches = new List<ClockStretch>();
        var jumpOfRun = (ClockStep?)null;
        var (position, begins, begunBySetting) = (0L, history.Oldest, false);
        foreach (var border in jumps.Keys.Union(settings.Keys).Order())
        {
            if (jumps.TryGetValue(border, out var jump))
            {
                End(jump.Before, isHalfSet: false);
                Complete();
                (jumpOfRun, position, begins, begunBySetting) = (jump, border, jump.After, false);
            }

            if (settings.TryGetValue(border, out var setting))
            {
                End(setting.Before, begunBySetting && border - position <= ClockSetting.AdjacentPositions);
                AddSlip(-setting.Change);
                (position, begins, begunBySetting) = (border, setting.PumpTime, true);
            }
        }

        End(history.Newest, isHalfSet: false);
        Complete();
        return runs;

        // A jump at a setting has no entry between them, and a first entry that is a setting has no entry before it.
        void End(PumpTime ends, bool isHalfSet) => stretches.Add(new ClockStretch(position, begins, ends, TimeSpan.Zero, isHalfSet));

        void AddSlip(TimeSpan slip)
        {
            for (var index = 0; index < stretches.Count; index++)
            {
                stretches[index] = stretches[index] with { Slip = stretches[index].Slip + slip };
            }
        }

        void Complete()
        {
            runs.Add(new ClockRun([.. stretches], jumpOfRun));
            stretches.Clear();
        }
    }

    /// <summary>
    /// The steps that are jumps: every step back, and, after one that no setting has made up for, a step ahead that
    /// returns the clock to where it had been. Any other step ahead is time that passed while the pump was off.
    /// </summary>
    private static IEnumerable<ClockStep> Jumps(ClockHistory history)
    {
        var settings = history.Settings.Select(setting => setting.Position).ToList();
        var (reached, since) = ((PumpTime?)null, 0L);
        foreach (var step in history.Steps)
        {
            if (settings.Exists(setting => setting > since && setting < step.Position))
            {
                reached = null;
            }

            if (step.Size < TimeSpan.Zero)
            {
                yield return step;
                reached = reached is { } before && before.CompareTo(step.Before) > 0 ? before : step.Before;
                since = step.Position - 1;
            }
            else if (reached is { } lost && step.After.CompareTo(lost) >= 0)
            {
                yield return step;
                reached = null;
            }
        }
    }
}

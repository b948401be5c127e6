using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Decides which days of a pump's wall clock are requested from the server, step by step as its responses arrive, so
/// that every entry it has is fetched:
/// <list type="number">
/// <item>the days that were never requested, those that were not over at the last upload, and those that the clock has
/// run through since the newest entry in log order, setting by setting: a clock that was set back writes into days that
/// were fetched long ago;</item>
/// <item>days that may have received entries since, at a rate that falls with their age: gaps in the log first, since
/// late uploads usually fill them;</item>
/// <item>once something late has arrived, everything else, newest days first, until nothing more arrives.</item>
/// </list>
/// </summary>
internal sealed class FetchPlan
{
    /// <summary>The longest range that the server accepts.</summary>
    public const int LongestWindow = 28;

    // A sweep ends after this many windows without anything late: about as much log as a pump stores.
    private const int BarrenWindows = 4;

    // A day is requested again after this fraction of its age.
    private const int AgeParts = 16;

    // A longer gap lies between two logs, not within one: a clock that started in 2008, or a pump that was put away.
    private const int LongestGap = 366;

    // Days this close to each other are requested together.
    private const int NearDays = 6;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Clocks in use are at most this far ahead of UTC.
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromHours(14);

    private readonly FetchScope _scope;
    private readonly FetchHistory _history;
    private readonly Dictionary<DateOnly, FetchedDay> _days;
    private readonly Dictionary<DateOnly, FetchedDay> _before;
    private readonly DaySet _asked = new();
    private IReadOnlyList<ClockSetting> _settings = [];
    private (long Position, DateTime PumpTime)? _newest;
    private Step _step = Step.Required;
    private bool _hasLate;
    private int _barren;

    public FetchPlan(FetchScope scope, FetchHistory history)
    {
        _scope = scope;
        _history = scope.Rebuild ? FetchHistory.None with { Newest = history.Newest } : history;
        _before = _history.Days.ToDictionary(day => day.Day);
        _days = new(_before);
        _newest = Mark is { } mark ? (mark.Position, mark.PumpTime) : null;
    }

    private enum Step
    {
        Required,
        Rechecks,
        Gaps,
        Sweep,
    }

    /// <summary>The position that an earlier completed run reached; null if no run has completed.</summary>
    public FetchMark? Mark => _history.Mark;

    /// <summary>
    /// The position that this run reached, once <see cref="Next"/> returns nothing more; null if only some days were
    /// requested.
    /// </summary>
    public FetchMark? Reached => _newest is { } newest && !_scope.IsRestricted
        ? new FetchMark(newest.Position, newest.PumpTime, _scope.Upload)
        : null;

    /// <summary>The last day of the log; what the account shows can be far in the future.</summary>
    private DateOnly LastDay => _scope.Last < NewestPossibleDay ? _scope.Last : NewestPossibleDay;

    /// <summary>The last day on which a pump with a correct clock can have logged what has been uploaded.</summary>
    private DateOnly NewestPossibleDay => DateOnly.FromDateTime((_scope.Upload + FarthestAhead).UtcDateTime);

    /// <summary>The requests for days if none fails: in windows that the server accepts.</summary>
    public static IEnumerable<DayRange> Windows(DayRange run)
    {
        for (var rest = run; rest.Days > 0; rest = rest with { First = rest.First.AddDays(LongestWindow) })
        {
            yield return rest.Head(LongestWindow);
        }
    }

    /// <summary>The days to request next; none if the fetch is complete.</summary>
    /// <param name="settings">All settings of the pump's clock known so far, in log order.</param>
    public IReadOnlyList<DayRange> Next(IReadOnlyList<ClockSetting> settings)
    {
        _settings = settings;
        if (Required() is { Count: > 0 } required)
        {
            return required.Ranges();
        }

        if (_scope.IsRestricted)
        {
            return [];
        }

        if (_step == Step.Required)
        {
            _step = Step.Rechecks;
            if (Rechecks() is { Count: > 0 } rechecks)
            {
                return rechecks;
            }
        }

        if (_step == Step.Rechecks && _hasLate)
        {
            _step = Step.Gaps;
            var gaps = Gaps(_ => true);
            AddIslands(gaps);
            if (gaps.Count > 0)
            {
                return gaps.Ranges(NearDays);
            }
        }

        if (_step == Step.Gaps)
        {
            _step = Step.Sweep;
        }

        return _step == Step.Sweep && _barren < BarrenWindows && NextSweep() is { } window ? [window] : [];
    }

    /// <summary>Records a response.</summary>
    /// <param name="asked">The requested days.</param>
    /// <param name="news">What the response contains for them.</param>
    /// <returns>What is now known about these days.</returns>
    public IReadOnlyList<FetchedDay> Record(DayRange asked, PageNews news)
    {
        if (news.Newest is { } entry && (_newest is not { } newest || entry.Position > newest.Position))
        {
            _newest = (entry.Position, new PumpTime(entry.PumpTime).ToDateTime());
        }

        var isLate = HasLate(asked, news);
        _hasLate |= isLate;
        _barren = isLate || _step != Step.Sweep ? 0 : _barren + 1;

        var recorded = new List<FetchedDay>(asked.Days);
        for (var day = asked.First; day <= asked.Last; day = day.AddDays(1))
        {
            var found = news.Of(day);
            var unchanged = found.Added + found.Revised > 0 ? 0 : 1 + (_days.GetValueOrDefault(day)?.Unchanged ?? 0);
            _asked.Add(day);
            recorded.Add(_days[day] = new FetchedDay(day, _scope.Now, _scope.Upload, found.Entries, unchanged));
        }

        return recorded;
    }

    /// <summary>
    /// Whether days that an earlier run had requested have received entries that are older than its newest, or
    /// different content. If most of a response has different content, the server writes all of it differently, and the
    /// rest of the log is no more likely to have changed than any other day.
    /// </summary>
    private bool HasLate(DayRange asked, PageNews news)
    {
        var (entries, late, revised) = (0, 0, 0);
        for (var day = asked.First; day <= asked.Last; day = day.AddDays(1))
        {
            if (_before.ContainsKey(day))
            {
                var found = news.Of(day);
                (entries, late, revised) = (entries + found.Entries, late + found.Late, revised + found.Revised);
            }
        }

        return late > 0 || news.HasLateSetting || (revised > 0 && revised * 2 <= entries);
    }

    /// <summary>Days that must be requested, without those that have been.</summary>
    private DaySet Required()
    {
        var required = new DaySet();
        var wanted = Wanted();
        if (_scope.IsRestricted)
        {
            foreach (var day in wanted.Days.Where(day => !(day < _scope.Since) && !(day > _scope.Until)))
            {
                required.Add(day);
            }
        }
        else
        {
            foreach (var day in wanted.Days.Where(day => !_days.TryGetValue(day, out var fetched) || IsUnfinished(fetched)))
            {
                required.Add(day);
            }

            AddSinceMark(required);
        }

        foreach (var day in _asked.Days)
        {
            required.Remove(day);
        }

        return required;
    }

    /// <summary>
    /// All days on which the log can have entries: according to the account and the settings of the clock, and those
    /// that were requested before.
    /// </summary>
    private DaySet Wanted()
    {
        var wanted = new DaySet();
        var first = FirstDay();
        var last = LastDay;
        wanted.Add(first, last);
        wanted.Add(last.AddDays(-1), last);
        foreach (var day in _days.Keys)
        {
            wanted.Add(day);
        }

        foreach (var (begin, end) in Stretches().Prepend((first.ToDateTime(TimeOnly.MinValue), FirstSetting ?? first.ToDateTime(TimeOnly.MinValue))))
        {
            AddStretch(wanted, begin, end);
        }

        if (_settings.Count > 0)
        {
            wanted.Add(DateOnly.FromDateTime(_settings[^1].PumpTime.ToDateTime()));
        }

        return wanted;
    }

    /// <summary>How far the clock is behind true time; negative if it is ahead, and nothing if nobody can tell.</summary>
    private TimeSpan ClockIsBehind => _scope.IsUploadKnown && _newest is { } newest
        ? _scope.Upload.UtcDateTime - newest.PumpTime
        : TimeSpan.Zero;

    /// <summary>What the clock showed right before it was first set.</summary>
    private DateTime? FirstSetting => _settings.Count == 0 ? null : _settings[0].Before.ToDateTime();

    /// <summary>What the clock showed from each setting to the next.</summary>
    private IEnumerable<(DateTime Begin, DateTime End)> Stretches() => _settings.Zip(
        _settings.Skip(1),
        (setting, next) => (setting.PumpTime.ToDateTime(), next.Before.ToDateTime()));

    /// <summary>
    /// The first day of the log. If the account does not specify it, the log is followed back until three windows in a
    /// row are empty.
    /// </summary>
    private DateOnly FirstDay()
    {
        if (_scope.First is { } known)
        {
            return known;
        }

        var first = LastDay;
        for (var empty = 0; empty < 3;)
        {
            var window = new DayRange(first.AddDays(1 - LongestWindow), first);
            if (!_days.ContainsKey(window.First))
            {
                return window.First;
            }

            empty = Enumerable.Range(0, LongestWindow).Any(day => _days.GetValueOrDefault(window.First.AddDays(day))?.Entries > 0) ? 0 : empty + 1;
            first = window.First.AddDays(-1);
        }

        return first.AddDays(1);
    }

    /// <summary>
    /// Whether a day was not over when its newest response arrived, and there has been an upload since.
    /// </summary>
    private bool IsUnfinished(FetchedDay fetched) =>
        fetched.Day <= NewestPossibleDay && _scope.Upload > fetched.Upload && DayAges.EndOf(fetched.Day) > fetched.Upload;

    /// <summary>
    /// The days that the clock has run through, in log order, since the newest entry that an earlier run had fetched.
    /// </summary>
    private void AddSinceMark(DaySet required)
    {
        if (Mark is not { } mark)
        {
            AddSetClocks(required);
            if (_history.Newest is { } stored)
            {
                AddStretch(required, stored, stored);
            }

            return;
        }

        var begin = mark.PumpTime;
        foreach (var setting in _settings.Where(setting => setting.Position > mark.Position))
        {
            AddStretch(required, begin, setting.Before.ToDateTime());
            begin = setting.PumpTime.ToDateTime();
        }

        // This is how far the clock has advanced, plus how old the newest entry was at the last upload.
        var passed = _scope.Upload > mark.Upload ? (int)Math.Ceiling((_scope.Upload - mark.Upload) / Day) + 1 : 0;
        AddStretch(required, begin, begin.AddDays(passed));
        if (passed > 0 && _newest is { } newest)
        {
            AddStretch(required, newest.PumpTime, newest.PumpTime.AddDays(1));
        }
    }

    /// <summary>
    /// If no run has completed, days behind a setting of the date, or behind a reset, may have been requested before the
    /// clock ran through them, if there has been an upload since.
    /// </summary>
    private void AddSetClocks(DaySet required)
    {
        var change = TimeSpan.Zero;
        for (var index = 0; index < _settings.Count; index++)
        {
            var isSameVisit = index > 0
                && _settings[index].Position - _settings[index - 1].Position <= ClockSetting.AdjacentPositions;
            change = _settings[index].Change + (isSameVisit ? change : TimeSpan.Zero);
            var begin = _settings[index].PumpTime.ToDateTime();
            var end = index + 1 < _settings.Count
                ? _settings[index + 1].Before.ToDateTime()
                : _newest?.PumpTime ?? begin;
            if (change.Duration() < Day && end >= begin - Day)
            {
                continue;
            }

            var stretch = new DaySet();
            AddStretch(stretch, begin, end);
            foreach (var day in stretch.Days.Where(day => _days.TryGetValue(day, out var fetched) && fetched.Upload < _scope.Upload))
            {
                required.Add(day);
            }
        }
    }

    /// <summary>
    /// The days from one reading of the clock to another in the same part of the log, and the day before. If the second
    /// reading is earlier, the clock was reset in between without a setting, as happens when the battery is empty, some
    /// time before that reading.
    /// </summary>
    private static void AddStretch(DaySet days, DateTime begin, DateTime end)
    {
        var (first, last) = (DateOnly.FromDateTime(begin), DateOnly.FromDateTime(end));
        if (last >= first.AddDays(-1))
        {
            days.Add(first.AddDays(-1), last);
            return;
        }

        days.Add(first.AddDays(-1), first.AddDays(1));
        days.Add(last.AddDays(1 - LongestWindow), last);
    }

    /// <summary>Days to check again although nothing indicates that they have changed.</summary>
    private IReadOnlyList<DayRange> Rechecks()
    {
        var hasUpload = Mark is { } mark && _scope.Upload > mark.Upload;
        var ages = new DayAges(_settings, _newest?.PumpTime ?? LastDay.ToDateTime(TimeOnly.MinValue), ClockIsBehind);
        var due = Gaps(day => IsGapDue(day, ages));
        if (!hasUpload)
        {
            // A run without anything new to fetch checks one gap, the newest.
            return due.Ranges(NearDays) is [.., var gap] ? [gap.Tail(LongestWindow)] : [];
        }

        // Days that will soon be due are included, because each would otherwise cost a request of its own.
        if (_days.Values.Any(day => !_asked.Contains(day.Day) && IsDue(day, ages, AgeParts)))
        {
            foreach (var fetched in _days.Values.Where(day => IsDue(day, ages, AgeParts * 2)))
            {
                due.Add(fetched.Day);
            }
        }

        foreach (var day in _asked.Days)
        {
            due.Remove(day);
        }

        return due.Ranges(NearDays);
    }

    private bool IsDue(FetchedDay fetched, DayAges ages, int parts) =>
        _scope.Upload - fetched.Upload >= Longer(Day * AgeParts, ages.At(_scope.Upload, fetched.Day)) / parts;

    /// <summary>
    /// A gap is checked by the next run, then after every upload while it is less than 16 days old, then less and less
    /// often.
    /// </summary>
    private bool IsGapDue(FetchedDay fetched, DayAges ages)
    {
        var age = ages.At(_scope.Upload, fetched.Day);
        var sinceUpload = _scope.Upload - fetched.Upload;
        return fetched.Unchanged == 1
            || (sinceUpload > TimeSpan.Zero && (age < Day * AgeParts || sinceUpload >= age / AgeParts))
            || _scope.Now - fetched.FetchedAt >= ages.At(_scope.Now, fetched.Day) / AgeParts;
    }

    /// <summary>
    /// Days without entries between days with entries, and the day on either side, which may be incomplete.
    /// </summary>
    private DaySet Gaps(Func<FetchedDay, bool> isDue)
    {
        var gaps = new DaySet();
        DateOnly? before = null;
        foreach (var day in _days.Values.Where(day => day.Entries > 0).Select(day => day.Day).Order())
        {
            if (before is { } last && day.DayNumber - last.DayNumber is > 1 and <= LongestGap)
            {
                AddGap(gaps, last, day, isDue);
            }

            before = day;
        }

        // Days that the clock ran through between two settings have entries, too.
        foreach (var (begin, end) in Stretches())
        {
            var day = DateOnly.FromDateTime(end);
            AddGap(gaps, end < begin ? day.AddDays(-1) : DateOnly.FromDateTime(begin).AddDays(-1), day.AddDays(1), fetched => fetched.Entries == 0 && isDue(fetched));
        }

        return gaps;
    }

    private void AddGap(DaySet gaps, DateOnly before, DateOnly after, Func<FetchedDay, bool> isDue)
    {
        for (var day = before.AddDays(1); day < after; day = day.AddDays(1))
        {
            if (!_asked.Contains(day) && _days.TryGetValue(day, out var fetched) && isDue(fetched))
            {
                gaps.Add(day.AddDays(-1), day.AddDays(1));
            }
        }
    }

    /// <summary>
    /// Days that the clock showed only for a while: a sweep by date would reach them late, or not at all.
    /// </summary>
    private void AddIslands(DaySet days)
    {
        var islands = new DaySet();
        foreach (var (begin, end) in Stretches().Where(stretch => stretch.End - stretch.Begin < Day * LongestWindow))
        {
            AddStretch(islands, begin, end);
        }

        foreach (var day in islands.Days.Where(day => _days.ContainsKey(day) && !_asked.Contains(day)))
        {
            days.Add(day);
        }
    }

    /// <summary>The newest days that this run has not requested yet.</summary>
    private DayRange? NextSweep()
    {
        var left = new DaySet();
        foreach (var day in _days.Keys.Where(day => !_asked.Contains(day)))
        {
            left.Add(day);
        }

        return left.Ranges(NearDays) is [.., var newest] ? newest.Tail(LongestWindow) : null;
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}

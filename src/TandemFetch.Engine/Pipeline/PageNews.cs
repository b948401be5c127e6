namespace TandemFetch.Engine.Pipeline;

/// <summary>What a page contains for each day, and which of it is new to the file.</summary>
/// <param name="device">The requested pump.</param>
/// <param name="mark">The position up to which the log was fetched before; null if it was not.</param>
internal sealed class PageNews(string device, FetchMark? mark)
{
    private const long MicrosecondsPerDay = 86_400_000_000;

    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private readonly Dictionary<int, DayNews> _days = [];
    private int _day = int.MinValue;
    private DayNews _news = new();

    /// <summary>The newest entry by log position; null for a page without entries of the pump.</summary>
    public (long Position, long PumpTime)? Newest { get; private set; }

    /// <summary>
    /// Whether the page contained a setting of the clock that is older than the newest entry that an earlier run had
    /// fetched.
    /// </summary>
    public bool HasLateSetting { get; private set; }

    /// <summary>Number of rows stored.</summary>
    public long Added { get; private set; }

    /// <summary>Counts an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="owner">The pump that logged it.</param>
    /// <param name="revision">The revision as which it was stored; null if it was already in the file.</param>
    public void Count(in LogEntry entry, string owner, int? revision)
    {
        Added += revision is null ? 0 : 1;
        if (owner != device)
        {
            return;
        }

        if (Newest is not { } newest || entry.Position > newest.Position)
        {
            Newest = (entry.Position, entry.PumpTime);
        }

        // Settings of the clock come with every response, and again among the entries of their day.
        var news = Of(entry.PumpTime);
        news.Entries += ClockSettings.IsSetting(entry.EventCode) ? 0 : 1;
        if (revision > 0)
        {
            news.Revised++;
        }
        else if (revision == 0)
        {
            news.Added++;
            var isLate = mark is not null && entry.Position < mark.Position;
            news.Late += isLate ? 1 : 0;
            HasLateSetting |= isLate && ClockSettings.IsSetting(entry.EventCode);
        }
    }

    /// <summary>What the page contains for a day.</summary>
    public DayNews Of(DateOnly day) => _days.GetValueOrDefault(day.DayNumber) ?? new DayNews();

    private DayNews Of(long pumpTime)
    {
        var day = Epoch + (int)Math.Floor((double)pumpTime / MicrosecondsPerDay);
        if (day != _day)
        {
            _day = day;
            if (!_days.TryGetValue(day, out var news))
            {
                _days.Add(day, news = new DayNews());
            }

            _news = news;
        }

        return _news;
    }
}

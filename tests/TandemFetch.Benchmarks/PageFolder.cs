using System.Buffers;
using System.Globalization;
using TandemFetch.Engine.Source;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Benchmarks;

/// <summary>
/// Synthetic log pages in a folder: one file per window of 28 days, and one per day for the newest days.
/// </summary>
internal sealed class PageFolder : ILogSource
{
    public const string Zone = "America/New_York";
    private const int NewestDays = 60;
    private const string Stamp = "assignment.txt";

    private static ReadOnlySpan<byte> ClockChanges => "],\"clockChanges\":["u8;

    private readonly SortedDictionary<DateOnly, string> _windows = [];
    private readonly Dictionary<DateOnly, string> _days = [];
    private readonly string _assignmentId;
    private readonly DateOnly _lastDay;
    private readonly ArrayPool<byte> _buffers = ResponseBody.CreatePool();

    public PageFolder(string path)
    {
        foreach (var file in Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories))
        {
            var day = DateOnly.ParseExact(Path.GetFileNameWithoutExtension(file), "yyyy-MM-dd", CultureInfo.InvariantCulture);
            (file.Contains("windows", StringComparison.Ordinal) ? (IDictionary<DateOnly, string>)_windows : _days)[day] = file;
        }

        _assignmentId = File.ReadAllText(Path.Combine(path, Stamp));
        _lastDay = _days.Keys.Max();
    }

    /// <summary>The days that the log covers.</summary>
    public (DateOnly First, DateOnly Last) Days => (_windows.Keys.First(), _lastDay);

    /// <summary>The folder with the pages of 28 days.</summary>
    public static string Windows(string path) => Path.Combine(path, "windows");

    /// <summary>
    /// Simulates a pump and writes this many of its entries; does nothing if that has been done before.
    /// </summary>
    public static void Make(string path, long entries)
    {
        if (File.Exists(Path.Combine(path, Stamp)))
        {
            return;
        }

        var days = Directory.CreateDirectory(Path.Combine(path, "days")).FullName;
        Directory.CreateDirectory(Windows(path));
        var end = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        var pump = new SyntheticPump(new SyntheticPumpOptions
        {
            Seed = 1,
            Start = end.AddDays(-entries / 1085.0),
            End = end,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(Zone),
            Clock = ClockHabits.Tidy,
        });
        var newest = new Queue<string>();
        foreach (var page in pump.Pages(28))
        {
            Write(Windows(path), page);
        }

        foreach (var page in pump.Pages(1))
        {
            newest.Enqueue(Write(days, page));
            if (newest.Count > NewestDays)
            {
                File.Delete(newest.Dequeue());
            }
        }

        File.WriteAllText(Path.Combine(path, Stamp), pump.AssignmentId);
    }

    public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new SourceAccount(
            TandemRegion.Parse("US", "the test"),
            [
                new SourcePump(
                    _assignmentId,
                    "90000001",
                    "t:slim X2",
                    "7.8.0.0",
                    "Control-IQ",
                    Days.First.ToDateTime(default),
                    Days.Last.ToDateTime(new TimeOnly(7, 55)),
                    null,
                    null,
                    null),
            ]));

    public async Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
    {
        var isWhole = _windows.ContainsKey(firstDay) && !_windows.Keys.Any(day => day > firstDay && day <= lastDay) && lastDay >= EndOf(firstDay);
        if (isWhole)
        {
            await using var file = File.OpenRead(_windows[firstDay]);
            var json = _buffers.Rent((int)file.Length);
            await file.ReadExactlyAsync(json.AsMemory(0, (int)file.Length), cancellationToken);
            return new LogPage(json, (int)file.Length, _buffers);
        }

        using var page = new MemoryStream();
        for (var day = firstDay; day <= lastDay; day = day.AddDays(1))
        {
            var file = _days.GetValueOrDefault(day) ?? throw new InvalidOperationException($"No page from {firstDay} to {lastDay}.");
            Append(page, await File.ReadAllBytesAsync(file, cancellationToken));
        }

        return new LogPage(page.GetBuffer(), (int)page.Length);
    }

    private DateOnly EndOf(DateOnly window) => _windows.Keys.FirstOrDefault(day => day > window, _lastDay.AddDays(1)).AddDays(-1);

    /// <summary>
    /// Appends the entries of a page to those of the previous pages: everything before its last array is copied.
    /// </summary>
    private static void Append(MemoryStream page, ReadOnlySpan<byte> json)
    {
        if (page.Length == 0)
        {
            page.Write(json);
            return;
        }

        var written = page.GetBuffer().AsSpan(0, (int)page.Length);
        var before = written[..written.LastIndexOf(ClockChanges)];
        var entries = json["{\"events\":["u8.Length..];
        page.SetLength(before.Length);
        page.Write(before[^1] != '[' && entries[0] != ']' ? ","u8 : ""u8);
        page.Write(entries);
    }

    private static string Write(string folder, SyntheticPage page)
    {
        var path = Path.Combine(folder, $"{page.FirstDay:yyyy-MM-dd}.json");
        using var file = File.Create(path);
        file.Write(page.Json.Span);
        return path;
    }
}

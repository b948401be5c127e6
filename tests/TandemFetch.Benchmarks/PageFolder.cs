using System.Buffers;
using System.Globalization;
using TandemFetch.Engine.Source;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Benchmarks;

/// <summary>
/// A synthetic log in a folder: pages of 28 days for DuckDB to read, and the same entries in one file with an index
/// of days, from which any range of days is one read. As from the server, every response has all settings of the clock.
/// </summary>
internal sealed class PageFolder : ILogSource
{
    public const string Zone = "America/New_York";
    private const string Stamp = "assignment.txt";
    private const string Entries = "entries.txt";
    private const string Index = "days.txt";
    private const string Settings = "settings.txt";

    private readonly SortedDictionary<DateOnly, (long Offset, int Length)> _days = [];
    private readonly string _path;
    private readonly string _assignmentId;
    private readonly byte[] _closing;
    private readonly ArrayPool<byte> _buffers = ResponseBody.CreatePool();

    public PageFolder(string path)
    {
        _path = path;
        _assignmentId = File.ReadAllText(Path.Combine(path, Stamp));
        _closing = File.ReadAllBytes(Path.Combine(path, Settings));
        var offset = 0L;
        foreach (var line in File.ReadLines(Path.Combine(path, Index)))
        {
            var (day, length) = (line[..10], int.Parse(line[11..], CultureInfo.InvariantCulture));
            _days[DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)] = (offset, length);
            offset += length;
        }
    }

    /// <summary>The days that the log covers.</summary>
    public (DateOnly First, DateOnly Last) Days => (_days.Keys.First(), _days.Keys.Last());

    private static ReadOnlySpan<byte> Opening => "{\"events\":["u8;

    private static ReadOnlySpan<byte> Closing => "],\"clockChanges\":["u8;

    /// <summary>The folder with the pages of 28 days.</summary>
    public static string Windows(string path) => Path.Combine(path, "windows");

    /// <summary>
    /// Simulates a pump and writes this many of its entries; does nothing if that has been done before.
    /// </summary>
    public static void Make(string path, long entries)
    {
        if (File.Exists(Path.Combine(path, Settings)))
        {
            return;
        }

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
        foreach (var page in pump.Pages(28))
        {
            using var file = File.Create(Path.Combine(Windows(path), $"{page.FirstDay:yyyy-MM-dd}.json"));
            file.Write(page.Json.Span);
        }

        File.WriteAllText(Path.Combine(path, Stamp), pump.AssignmentId);
        WriteDays(path, pump);
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

    public async Task<LogPage> GetLogPageAsync(
        string assignmentId,
        DateOnly firstDay,
        DateOnly lastDay,
        CancellationToken cancellationToken)
    {
        var wanted = _days.Where(day => day.Key >= firstDay && day.Key <= lastDay).Select(day => day.Value).ToList();

        // Each day begins with the comma that separates it from the day before.
        var length = Math.Max(0, wanted.Sum(day => day.Length) - 1);
        var total = Opening.Length + length + _closing.Length;
        var json = _buffers.Rent(total);
        Opening.CopyTo(json);
        if (length > 0)
        {
            await using var file = File.OpenRead(Path.Combine(_path, Entries));
            file.Position = wanted[0].Offset + 1;
            await file.ReadExactlyAsync(json.AsMemory(Opening.Length, length), cancellationToken);
        }

        _closing.CopyTo(json.AsSpan(Opening.Length + length));
        return new LogPage(json, total, _buffers);
    }

    /// <summary>
    /// Copies the pages into the form that earlier builds read: one file for each window, and one for each of the
    /// newest days.
    /// </summary>
    public void CopyByDay(string target)
    {
        const int NewestDays = 60;
        Directory.CreateDirectory(Windows(target));
        foreach (var window in Directory.EnumerateFiles(Windows(_path)))
        {
            File.Copy(window, Path.Combine(Windows(target), Path.GetFileName(window)), overwrite: true);
        }

        var days = Directory.CreateDirectory(Path.Combine(target, "days")).FullName;
        foreach (var day in _days.Keys.TakeLast(NewestDays))
        {
            using var page = GetLogPageAsync(_assignmentId, day, day, CancellationToken.None).GetAwaiter().GetResult();
            File.WriteAllBytes(Path.Combine(days, $"{day:yyyy-MM-dd}.json"), page.Json.ToArray());
        }

        File.Copy(Path.Combine(_path, Stamp), Path.Combine(target, Stamp), overwrite: true);
    }

    private static void WriteDays(string path, SyntheticPump pump)
    {
        using var entries = File.Create(Path.Combine(path, Entries));
        using var index = new StreamWriter(Path.Combine(path, Index));
        byte[] closing = [];
        foreach (var page in pump.Pages(1).Where(page => page.Entries > 0))
        {
            var json = page.Json.Span;
            var end = json.LastIndexOf(Closing);
            var day = json[Opening.Length..end];
            entries.WriteByte((byte)',');
            entries.Write(day);
            index.WriteLine($"{page.FirstDay:yyyy-MM-dd} {day.Length + 1}");
            closing = json[end..].ToArray();
        }

        File.WriteAllBytes(Path.Combine(path, Settings), closing);
    }
}

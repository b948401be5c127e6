using System.Buffers;
using System.Globalization;
using TandemFetch.Engine.Source;
using TandemFetch.Records;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Benchmarks;

/// <summary>Synthetic log pages in a folder, one file per window, served without HTTP.</summary>
internal sealed class PageFolder : ILogSource
{
    public const string Zone = "America/New_York";

    private readonly SortedDictionary<DateOnly, string> _files = [];
    private readonly string _assignmentId;

    public PageFolder(string path)
    {
        foreach (var file in Directory.EnumerateFiles(path, "*.json"))
        {
            _files[DateOnly.ParseExact(Path.GetFileNameWithoutExtension(file), "yyyy-MM-dd", CultureInfo.InvariantCulture)] = file;
        }

        _assignmentId = File.ReadAllText(Path.Combine(path, "assignment.txt"));
    }

    /// <summary>Simulates a pump and writes so many of its entries.</summary>
    public static void Make(string path, long entries)
    {
        if (File.Exists(Path.Combine(path, "assignment.txt")))
        {
            return;
        }

        Directory.CreateDirectory(path);
        var end = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        var pump = new SyntheticPump(new SyntheticPumpOptions
        {
            Seed = 1,
            Start = end.AddDays(-entries / 900.0),
            End = end,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(Zone),
            Clock = ClockHabits.Tidy,
        });
        foreach (var page in pump.Pages(28, entries))
        {
            using var file = File.Create(Path.Combine(path, $"{page.FirstDay:yyyy-MM-dd}.json"));
            file.Write(page.Json.Span);
        }

        File.WriteAllText(Path.Combine(path, "assignment.txt"), pump.AssignmentId);
    }

    public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new SourceAccount(
            TandemRegion.US,
            [
                new SourcePump(
                    _assignmentId,
                    "90000001",
                    "t:slim X2",
                    "7.8.0.0",
                    "Control-IQ",
                    _files.Keys.First().ToDateTime(default),
                    _files.Keys.Last().AddDays(27).ToDateTime(new TimeOnly(12, 0)),
                    null,
                    null,
                    null),
            ]));

    public async Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
    {
        if (!_files.TryGetValue(firstDay, out var path))
        {
            var none = """{"events":[],"clockChanges":[]}"""u8;
            var empty = ArrayPool<byte>.Shared.Rent(none.Length);
            none.CopyTo(empty);
            return new LogPage(empty, none.Length);
        }

        await using var file = File.OpenRead(path);
        var buffer = ArrayPool<byte>.Shared.Rent((int)file.Length);
        await file.ReadExactlyAsync(buffer.AsMemory(0, (int)file.Length), cancellationToken);
        return new LogPage(buffer, (int)file.Length);
    }
}

using System.Text;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>What has been fetched of one pump's log, according to the file.</summary>
/// <param name="Days">The days that have been requested from the server.</param>
/// <param name="Mark">The position that the last completed run reached; null if no run has completed.</param>
/// <param name="Newest">Pump wall clock of the newest stored entry; null if there is none.</param>
internal sealed record FetchHistory(IReadOnlyList<FetchedDay> Days, FetchMark? Mark, DateTime? Newest)
{
    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Nothing has been fetched.</summary>
    public static FetchHistory None { get; } = new([], null, null);

    /// <summary>Reads the history from the file.</summary>
    public static FetchHistory Read(TandemDatabase database, string device)
    {
        var days = database.Query<DayRow>(
            "SELECT day, fetched_at, upload, entries, unchanged FROM bookkeeping.fetched_days WHERE device_assignment_id = $device", new { device });
        var mark = database.Query<MarkRow>(
            "SELECT log_position, pump_time, upload FROM bookkeeping.fetch_marks WHERE device_assignment_id = $device", new { device }) is [var row]
            ? new FetchMark(row.LogPosition, row.PumpTime, Utc(row.Upload))
            : null;
        return new FetchHistory(
            [.. days.Select(day => new FetchedDay(day.Day, Utc(day.FetchedAt), Utc(day.Upload), day.Entries, day.Unchanged))],
            mark,
            mark?.PumpTime ?? NewestEntry(database, device));
    }

    /// <summary>Records the result of the newest response for some days.</summary>
    public static void Save(TandemDatabase database, string device, DayRange asked, IEnumerable<FetchedDay> days)
    {
        database.Execute(
            "DELETE FROM bookkeeping.fetched_days WHERE device_assignment_id = $device AND day BETWEEN $First AND $Last",
            new { device, asked.First, asked.Last });
        var owner = Encoding.UTF8.GetBytes(device);
        using var rows = new ColumnAppender(database, "bookkeeping.fetched_days");
        foreach (var day in days)
        {
            rows.Set(0, owner);
            rows.Set(1, day.Day.DayNumber - Epoch);
            rows.Set(2, PumpTimeText.Microseconds(day.FetchedAt.UtcDateTime));
            rows.Set(3, PumpTimeText.Microseconds(day.Upload.UtcDateTime));
            rows.Set(4, day.Entries);
            rows.Set(5, day.Unchanged);
            rows.EndRow();
        }

        rows.Complete();
    }

    /// <summary>Records the position that a completed run has reached.</summary>
    public static void Save(TandemDatabase database, string device, FetchMark mark) => database.InTransaction(() =>
    {
        database.Execute("DELETE FROM bookkeeping.fetch_marks WHERE device_assignment_id = $device", new { device });
        database.Execute(
            "INSERT INTO bookkeeping.fetch_marks VALUES ($device, $Position, $PumpTime, $upload)",
            new { device, mark.Position, mark.PumpTime, upload = mark.Upload.UtcDateTime });
    });

    private static DateTime? NewestEntry(TandemDatabase database, string device) => database.Scalar<DateTime?>(
        "SELECT arg_max(pump_time, (sequence_group << 32) | sequence_number) FROM raw_events WHERE device_assignment_id = $device",
        new { device });

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private sealed record DayRow(DateOnly Day, DateTime FetchedAt, DateTime Upload, int Entries, int Unchanged);

    private sealed record MarkRow(long LogPosition, DateTime PumpTime, DateTime Upload);
}

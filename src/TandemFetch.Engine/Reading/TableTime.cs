using TandemFetch.Records;

namespace TandemFetch.Engine.Reading;

/// <summary>The columns of a table that contain times.</summary>
internal static class TableTime
{
    // When something happened takes precedence over when it was recorded.
    private static readonly string[] TrueTimes = ["timestamp", "started", "received", "fetched_at", "last_upload", "applied"];

    private static readonly string[] PumpTimes = ["pump_time", "first_pump_time", "last_event"];

    /// <summary>The column with the true time of a row, or null.</summary>
    public static string? TrueTimeOf(DatabaseTable table) => Find(table, TrueTimes, "TIMESTAMP WITH TIME ZONE");

    /// <summary>The column with the pump's wall clock, or null.</summary>
    public static string? PumpTimeOf(DatabaseTable table) => Find(table, PumpTimes, "TIMESTAMP");

    private static string? Find(DatabaseTable table, string[] names, string type) =>
        names.FirstOrDefault(name => table.Columns.Any(column => column.Name == name && column.Type == type));
}

using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Export;

/// <summary>A file with two pumps in different zones, and a table with a value of each kind for each.</summary>
public sealed class ReadableTable : IAsyncLifetime
{
    internal TestDatabase File { get; } = new();

    public async ValueTask InitializeAsync()
    {
        using var database = await File.OpenAsync();
        database.InTransaction(() => database.Execute(
            """
            INSERT INTO pumps BY NAME (
                SELECT 'a' AS device_assignment_id, '111' AS serial_number, 'America/New_York' AS time_zone
                UNION ALL BY NAME
                SELECT 'b' AS device_assignment_id, '222' AS serial_number, 'Europe/Berlin' AS time_zone);
            CREATE TABLE notes (
                device_assignment_id VARCHAR, timestamp TIMESTAMPTZ, day DATE, note VARCHAR, value DOUBLE, small FLOAT,
                exact DECIMAL(38, 3), big BIGINT, truth BOOLEAN);
            INSERT INTO notes VALUES
                ('a', '2026-11-01 05:30:00+00', '2026-11-01', 'first', 0.1, 0.1, 12.500, 12, true),
                ('a', '2026-11-01 06:30:00+00', '2026-11-01', 'second', 'nan', 2, -0.001, 9007199254740993, false),
                ('b', '2026-07-01 12:00:00.75+00', '1899-12-31', '=1+1', 'infinity', NULL, 12345678901234567890.125, -5, NULL),
                ('c', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            """));
    }

    public ValueTask DisposeAsync()
    {
        File.Dispose();
        return ValueTask.CompletedTask;
    }
}

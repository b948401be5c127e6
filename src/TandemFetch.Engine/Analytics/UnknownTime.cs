using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Analytics;

/// <summary>What measures leave out because it lies at no known moment.</summary>
public static class UnknownTime
{
    /// <summary>What to tell the user of readings that are left out; null if there are none.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps.</param>
    public static string? Warning(TandemDatabase database, RecordFilter filter) =>
        CountReadings(database, filter) is > 0 and var readings
            ? $"{Quantity.Of(readings, "reading")} omitted because the true time cannot be known. "
                + "Get-TandemCgmReading -UnknownTime lists what was omitted."
            : null;

    /// <summary>
    /// How many readings have no known true time; 0 where the filter names a range of time, in which they cannot lie.
    /// </summary>
    /// <param name="database">An open file.</param>
    /// <param name="filter">The period and the pumps.</param>
    public static long CountReadings(TandemDatabase database, RecordFilter filter)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(filter);
        if ((filter.Since ?? filter.Until) is not null)
        {
            return 0;
        }

        var devices = PumpReader.Read(database, filter.PumpSerials)
            .Select(pump => SqlText.Literal(pump.DeviceAssignmentId)).DefaultIfEmpty("NULL");
        return database.Scalar<long>(
            "SELECT count(*) FROM cgm_readings WHERE timestamp IS NULL "
            + $"AND device_assignment_id IN ({string.Join(", ", devices)})");
    }
}

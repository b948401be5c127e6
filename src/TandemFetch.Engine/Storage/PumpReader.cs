using TandemFetch.Records;

namespace TandemFetch.Engine.Storage;

/// <summary>The pumps that a file knows, read to the end at once.</summary>
public static class PumpReader
{
    /// <summary>The pumps of a file, the one with the newest entry first.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="serials">Only pumps with these serial numbers; empty for all.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, listing the serial numbers that there are.</exception>
    public static IReadOnlyList<Pump> Read(TandemDatabase database, IReadOnlyCollection<string> serials)
    {
        var rows = database.Query<Row>(SqlResource.Read("TandemFetch.Engine.Storage.Records.pumps.sql"));
        PumpSerials.Check(serials, rows.Select(row => row.SerialNumber));
        return [.. rows.Where(row => serials.Count == 0 || serials.Contains(row.SerialNumber)).Select(ToPump)];
    }

    private static Pump ToPump(Row row) => new()
    {
        PumpSerial = row.SerialNumber,
        ModelName = row.ModelName,
        SoftwareVersion = row.SoftwareVersion,
        Algorithm = row.Algorithm,
        TimeZone = row.TimeZone,
        FirstEvent = row.FirstEvent,
        LastEvent = row.LastEvent,
        LastUpload = PumpNaming.ToLocal(row.LastUpload, row.TimeZone),
        DeviceAssignmentId = row.DeviceAssignmentId,
    };

    private sealed record Row(
        string DeviceAssignmentId,
        string? SerialNumber,
        string? ModelName,
        string? SoftwareVersion,
        string? Algorithm,
        string TimeZone,
        DateTime? FirstEvent,
        DateTime? LastEvent,
        DateTime? LastUpload);
}

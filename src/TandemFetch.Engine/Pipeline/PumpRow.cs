namespace TandemFetch.Engine.Pipeline;

/// <summary>A row of <c>pumps</c>.</summary>
internal sealed record PumpRow(
    string DeviceAssignmentId,
    string? SerialNumber,
    string TimeZone,
    DateTime? LastEvent,
    DateTime? LastUpload,
    string? TimeZoneSetBy = null)
{
    /// <summary>The name to show for the pump.</summary>
    public string Label => SerialNumber ?? DeviceAssignmentId;
}

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
    /// <summary>The name to show for the pump: its serial number, or its key if the account does not list one.</summary>
    public string Label => SerialNumber ?? DeviceAssignmentId;
}

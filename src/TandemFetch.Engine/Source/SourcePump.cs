namespace TandemFetch.Engine.Source;

/// <summary>
/// A pump of the account as the <c>pumper</c> response shows it. A pump that has never uploaded has no dates and no
/// settings.
/// </summary>
/// <param name="AssignmentId">The device assignment id, the key of the log.</param>
/// <param name="SerialNumber">The serial number by which people know their pump.</param>
/// <param name="ModelName">Such as <c>t:slim X2™ Insulin Pump</c>.</param>
/// <param name="SoftwareVersion">Such as <c>7.8.0.0</c>.</param>
/// <param name="Algorithm">Such as <c>Control-IQ</c>.</param>
/// <param name="FirstEvent">
/// Start of the available log, pump wall clock (<see cref="DateTimeKind.Unspecified"/>).
/// </param>
/// <param name="LastEvent">Newest uploaded entry, pump wall clock (<see cref="DateTimeKind.Unspecified"/>).</param>
/// <param name="LastUpload">True time of the last upload.</param>
/// <param name="SettingsHash">Changes when the settings do.</param>
/// <param name="SettingsJson">The <c>settings</c> object as received, UTF-16 JSON text.</param>
public sealed record SourcePump(
    string AssignmentId,
    string? SerialNumber,
    string? ModelName,
    string? SoftwareVersion,
    string? Algorithm,
    DateTime? FirstEvent,
    DateTime? LastEvent,
    DateTimeOffset? LastUpload,
    string? SettingsHash,
    string? SettingsJson)
{
    /// <summary>The name to show for the pump: its serial number, or its key if the account does not list one.</summary>
    public string Label => SerialNumber ?? AssignmentId;

    /// <summary>Whether the server has a log of the pump; the account may show only one of the two.</summary>
    public bool HasUploaded => LastEvent is not null || LastUpload is not null;
}

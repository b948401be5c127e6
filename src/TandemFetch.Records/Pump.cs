namespace TandemFetch.Records;

/// <summary>A pump of the account or of the database.</summary>
public sealed record Pump
{
    /// <summary>
    /// The number on the back of the pump; if the account does not list it, the pump's key in Tandem Source.
    /// </summary>
    public string PumpSerial { get; init; } = "";

    /// <summary>Such as <c>t:slim X2™ Insulin Pump</c>.</summary>
    public string? ModelName { get; init; }

    /// <summary>The pump's firmware.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>Such as <c>Control-IQ</c>.</summary>
    public string? Algorithm { get; init; }

    /// <summary>IANA zone that the pump's clock is set to; null if it has not been specified.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Oldest entry that the server has, by the pump's wall clock.</summary>
    public DateTime? FirstEvent { get; init; }

    /// <summary>Newest entry that was uploaded, by the pump's wall clock.</summary>
    public DateTime? LastEvent { get; init; }

    /// <summary>
    /// When the pump last uploaded, in its zone if that is known, otherwise UTC; null if it never did.
    /// </summary>
    public DateTimeOffset? LastUpload { get; init; }

    /// <summary>The pump's key in Tandem Source.</summary>
    public string DeviceAssignmentId { get; init; } = "";
}

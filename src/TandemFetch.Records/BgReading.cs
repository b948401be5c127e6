namespace TandemFetch.Records;

/// <summary>A glucose value entered for a bolus or a calibration.</summary>
public sealed record BgReading
{
    /// <summary>The id of the log entry.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When it was entered, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The same time by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary>Glucose, mg/dL.</summary>
    public int? Glucose { get; init; }

    /// <summary>Whether the pump filled it in from the sensor, which means that it is not a finger stick.</summary>
    public bool? FromCgm { get; init; }

    /// <summary>Whether it came from the phone instead of the pump's screen.</summary>
    public bool? EnteredRemotely { get; init; }

    /// <summary>Whether it was used to calibrate the sensor.</summary>
    public bool? Calibration { get; init; }

    /// <summary>Insulin on board, units.</summary>
    public decimal? Iob { get; init; }

    /// <summary>Correction factor at that time, mg/dL per unit.</summary>
    public int? CorrectionFactor { get; init; }

    /// <summary>Target at that time, mg/dL.</summary>
    public int? TargetBg { get; init; }
}

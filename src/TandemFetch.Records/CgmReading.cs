namespace TandemFetch.Records;

/// <summary>A measurement of the glucose sensor.</summary>
public sealed record CgmReading
{
    /// <summary>The id of the log entry.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When it was measured, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>When it was measured by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary>Glucose in mg/dL, 40 to 400; 401 means above and 39 below the sensor's range.</summary>
    public int Glucose { get; init; }

    /// <summary>
    /// <c>Normal</c>, <c>High</c> (above range), <c>Low</c> (below range), or a status unknown to this version.
    /// </summary>
    public string Status { get; init; } = "";

    /// <summary>Trend in mg/dL per minute, or null.</summary>
    public decimal? RateOfChange { get; init; }

    /// <summary><c>G6</c>, <c>G7</c>, <c>Libre 2</c> or <c>Libre 3</c>.</summary>
    public string Sensor { get; init; } = "";

    /// <summary>Whether the sensor sent it later, after a gap.</summary>
    public bool Backfilled { get; init; }
}

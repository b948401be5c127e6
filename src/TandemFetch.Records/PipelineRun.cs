namespace TandemFetch.Records;

/// <summary>A run of a stage for a pump.</summary>
public sealed record PipelineRun
{
    /// <summary>Increases with time.</summary>
    public long Id { get; init; }

    /// <summary>The stage.</summary>
    public PipelineStage Stage { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When the stage began, in the pump's zone.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public string Duration => DurationText.Of(DurationValue);

    /// <inheritdoc cref="Duration"/>
    internal TimeSpan DurationValue { get; init; }

    /// <summary>Rows read: entries received, raw entries parsed, or events examined.</summary>
    public long RowsIn { get; init; }

    /// <summary>Rows that were added or replaced.</summary>
    public long RowsOut { get; init; }

    /// <summary>How it ended.</summary>
    public PipelineOutcome Outcome { get; init; }

    /// <summary>The id of the error that ended it, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Its message, or null.</summary>
    public string? Error { get; init; }
}

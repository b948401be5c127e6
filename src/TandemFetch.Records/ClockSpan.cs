namespace TandemFetch.Records;

/// <summary>A part of a pump's log between two changes of its clock: settings or unlogged jumps.</summary>
public sealed record ClockSpan
{
    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>
    /// True time of the setting that begins it, in the pump's zone; null for the first span, or if true time cannot be
    /// known.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The clock right after that setting, of unspecified kind; null for the first span.</summary>
    public DateTime? PumpTime { get; init; }

    /// <summary>
    /// The clock's offset from UTC according to a zone: the nearest offset that a zone could have; null if true time
    /// cannot be known.
    /// </summary>
    public string? UtcOffset => DurationText.Of(UtcOffsetValue);

    /// <inheritdoc cref="UtcOffset"/>
    internal TimeSpan? UtcOffsetValue { get; init; }

    /// <summary>
    /// The remaining offset, caused by drift or by a clock that was set inaccurately or to a wrong date.
    /// </summary>
    public string? Drift => DurationText.Of(DriftValue);

    /// <inheritdoc cref="Drift"/>
    internal TimeSpan? DriftValue { get; init; }

    /// <summary>
    /// For the newest span <c>ZoneUpload</c>, <c>TravelUpload</c> or <c>Zone</c> (its offset agrees with the last
    /// upload for an offset of the zone, for another offset, or could not be checked), or <c>Upload</c> (only the last
    /// upload shows the offset, because the clock has not been set since an empty battery); <c>Change</c>: calculated
    /// from the adjacent span by the size of the setting between them; before an unlogged jump <c>EarlierUpload</c> (an
    /// earlier upload shows the offset), <c>AfterJump</c> (the first offset after the jump that a zone could have) or
    /// <c>AtJump</c> (the log is assumed to continue where it stopped); <c>Unknown</c>: the clock was never set.
    /// </summary>
    public string ResolvedBy { get; init; } = "";

    /// <summary>First log position.</summary>
    public long FirstPosition { get; init; }

    /// <summary>Last log position; null for the newest span.</summary>
    public long? LastPosition { get; init; }
}

namespace TandemFetch.Records;

/// <summary>A bolus with its request, its delivery and its end.</summary>
public sealed record Bolus
{
    /// <summary>The id of its first log entry.</summary>
    public long Id { get; init; }

    /// <summary>The pump's serial number; null if the account does not list the pump.</summary>
    public string? PumpSerial { get; init; }

    /// <summary>When it was requested, in the pump's zone; null if true time cannot be known.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The same time by the pump's own wall clock, of unspecified kind.</summary>
    public DateTime PumpTime { get; init; }

    /// <summary>The pump's own number for it; it starts again after 65535.</summary>
    public int BolusId { get; init; }

    /// <summary>
    /// <c>Standard</c>, <c>Extended</c>, <c>Quick</c>, <c>Automatic</c>, <c>Eating Soon Automatic</c>, <c>Late</c>, or
    /// an unknown code; null if no entry contains it.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>
    /// <c>Algorithm</c>, <c>Bluetooth</c>, <c>Pump Screen</c>, <c>Quick Bolus Button</c>, <c>Remote</c>, <c>Eating
    /// Soon</c>, or an unknown code; null if no entry contains it.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>
    /// How it ended, such as <c>Completed</c> or <c>User Aborted</c>; null while it is running, or if the log has no
    /// completion.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>When delivery started, in the pump's zone.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When the last part ended, in the pump's zone; null while it is running.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Total requested, units.</summary>
    public decimal? Requested { get; init; }

    /// <summary>Part requested for food, units.</summary>
    public decimal? RequestedFood { get; init; }

    /// <summary>Part requested for correction, units.</summary>
    public decimal? RequestedCorrection { get; init; }

    /// <summary>Part to be delivered immediately, units.</summary>
    public decimal? RequestedNow { get; init; }

    /// <summary>Part to be delivered over the extended duration, units.</summary>
    public decimal? RequestedLater { get; init; }

    /// <summary>Duration of the extended part; null if there is none.</summary>
    public string? ExtendedDuration => DurationText.Of(ExtendedDurationValue);

    /// <inheritdoc cref="ExtendedDuration"/>
    internal TimeSpan? ExtendedDurationValue { get; init; }

    /// <summary>Total delivered, units; while the bolus is running, the sum of the parts that have ended.</summary>
    public decimal? Delivered { get; init; }

    /// <summary>Delivered immediately, units; null until that part has ended.</summary>
    public decimal? DeliveredNow { get; init; }

    /// <summary>Delivered by the extended part, units; null until it has ended.</summary>
    public decimal? DeliveredLater { get; init; }

    /// <summary>Carbohydrates entered, grams; 0 for none, null if the log has no request.</summary>
    public int? Carbs { get; init; }

    /// <summary>Glucose entered for it, mg/dL; null for none.</summary>
    public int? Bg { get; init; }

    /// <summary>Insulin on board at the request, units.</summary>
    public decimal? Iob { get; init; }

    /// <summary>Carb ratio used, grams per unit; null if not recorded.</summary>
    public decimal? CarbRatio { get; init; }

    /// <summary>Correction factor used, mg/dL per unit; null if not recorded.</summary>
    public int? CorrectionFactor { get; init; }

    /// <summary>Target used, mg/dL; null if not recorded.</summary>
    public int? TargetBg { get; init; }

    /// <summary>Whether the user changed the amount that the pump suggested.</summary>
    public bool? Overridden { get; init; }

    /// <summary>Whether the user declined the correction that the pump suggested.</summary>
    public bool? DeclinedCorrection { get; init; }
}

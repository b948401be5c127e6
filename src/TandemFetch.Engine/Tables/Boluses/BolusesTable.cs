using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.Boluses;

/// <summary>Boluses: 64, 65 and 66 (request), 55 and 59 (start), 280 (progress), 20 and 21 (end).</summary>
internal sealed class BolusesTable : DomainTable<Bolus>
{
    public override string Name => "boluses";

    internal override TableSource Source => TableSource.TherapyEntries;

    internal override IReadOnlyList<int> EventCodes => [20, 21, 55, 59, 64, 65, 66, 280];

    internal override IReadOnlyList<TimeColumn> Times =>
        [Timestamp, new("started", "started_position"), new("ended", "ended_position")];

    private protected override Bolus ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        BolusId = row.Int32("bolus_id"),
        Kind = row.Text("kind"),
        Source = row.Text("source"),
        Status = row.Text("status"),
        Started = row.Time("started"),
        Ended = row.Time("ended"),
        Requested = row.Decimal("requested"),
        RequestedFood = row.Decimal("requested_food"),
        RequestedCorrection = row.Decimal("requested_correction"),
        RequestedNow = row.Decimal("requested_now"),
        RequestedLater = row.Decimal("requested_later"),
        ExtendedDurationValue = row.Minutes("extended_minutes"),
        Delivered = row.Decimal("delivered"),
        DeliveredNow = row.Decimal("delivered_now"),
        DeliveredLater = row.Decimal("delivered_later"),
        Carbs = row.NullableInt32("carbs"),
        Bg = row.NullableInt32("bg"),
        Iob = row.Decimal("iob"),
        CarbRatio = row.Decimal("carb_ratio"),
        CorrectionFactor = row.NullableInt32("correction_factor"),
        TargetBg = row.NullableInt32("target_bg"),
        Overridden = row.NullableBoolean("overridden"),
        DeclinedCorrection = row.NullableBoolean("declined_correction"),
    };
}

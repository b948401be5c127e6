using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.DailyTotals;

/// <summary>The totals of basal_deliveries, boluses and cgm_readings by day.</summary>
internal sealed class DailyTotalsTable : DomainTable<DailyTotal>
{
    public override string Name => "daily_totals";

    internal override TableSource Source => TableSource.DomainTables;

    internal override IReadOnlyList<string> Key => ["device_assignment_id", "day"];

    internal override IReadOnlyList<TimeColumn> Times => [];

    private protected override string RecordOrder => "device_assignment_id";

    private protected override DailyTotal ToRecord(RecordRow row) => new()
    {
        DayValue = row.Day("day"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        BasalUnits = row.Decimal("basal_units")!.Value,
        BasalTimeValue = row.Seconds("basal_seconds")!.Value,
        BolusUnits = row.Decimal("bolus_units")!.Value,
        Boluses = row.Int32("boluses"),
        Carbs = row.Int32("carbs"),
        CgmReadings = row.Int32("cgm_readings"),
    };
}

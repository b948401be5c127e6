using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tables.SiteChanges;

/// <summary>Fills of cartridges (33), cannulas (61) and tubings (63).</summary>
internal sealed class SiteChangesTable : DomainTable<SiteChange>
{
    public override string Name => "site_changes";

    internal override TableSource Source => TableSource.TherapyEntries;

    internal override IReadOnlyList<int> EventCodes => [33, 61, 63];

    private protected override SiteChange ToRecord(RecordRow row) => new()
    {
        Id = row.Int64("id"),
        PumpSerial = row.PumpSerial,
        Timestamp = row.Time("timestamp"),
        PumpTime = row.Clock("pump_time"),
        Part = row.Text("part")!,
        Units = row.Decimal("units"),
        Status = row.Text("status"),
    };
}

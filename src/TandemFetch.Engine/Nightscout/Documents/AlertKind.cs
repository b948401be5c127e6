using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Alerts and alarms as notes, because Nightscout would show an announcement as an alarm of its own.</summary>
internal sealed class AlertKind()
    : TreatmentKind<AlertKind.Row>("Alert", NightscoutContent.Alert, "alerts", ["Alarm", "CGM Alert"])
{
    protected override string EventTypeOf(Row row) => "Note";

    protected override void WriteFields(Row row, DocumentWriter json)
    {
        json.Number("duration", row.Duration);
        var kind = row.AlertKind == "CgmAlert" ? "Sensor alert" : row.AlertKind;
        json.Text("notes", Note(row.Alert is null ? kind : $"{kind}: {row.Alert}", row.Sensor));
    }

    internal sealed class Row : DocumentRow
    {
        public string AlertKind { get; init; } = "";

        public string? Alert { get; init; }

        public string? Sensor { get; init; }

        /// <summary>Minutes; null while it stands.</summary>
        public decimal? Duration { get; init; }
    }
}

using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Exercise, and sleep and eating soon as notes, because Nightscout has no event types for these.</summary>
internal sealed class UserModeKind()
    : TreatmentKind<UserModeKind.Row>("Mode", NightscoutContent.Mode, "user_modes", ["Sleep", "Exercise"])
{
    private const string Exercise = "Exercising";

    protected override string EventTypeOf(Row row) => row.Mode == Exercise ? "Exercise" : "Note";

    protected override void WriteFields(Row row, DocumentWriter json)
    {
        json.Number("duration", row.Duration);
        json.Text(
            "notes",
            Note(
                row.Mode switch { Exercise => "Exercise", "Sleeping" => "Sleep", var other => other },
                row.StartedBy == "Schedule" ? "Scheduled" : null));
    }

    internal sealed class Row : DocumentRow
    {
        public string Mode { get; init; } = "";

        public string StartedBy { get; init; } = "";

        /// <summary>Minutes; null while it lasts.</summary>
        public decimal? Duration { get; init; }
    }
}

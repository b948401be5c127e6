using System.Globalization;
using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>
/// Cannulas are site changes and cartridges are insulin changes, from which Nightscout counts their age. Tubings, and
/// cannulas that were not completed, are notes.
/// </summary>
internal sealed class SiteChangeKind() : TreatmentKind<SiteChangeKind.Row>(
    "SiteChange", NightscoutContent.SiteChange, "site_changes", ["Site Change", "Insulin Change"])
{
    protected override string EventTypeOf(Row row) => (row.Part, IsComplete(row)) switch
    {
        ("Cannula", true) => "Site Change",
        ("Cartridge", _) => "Insulin Change",
        _ => "Note",
    };

    protected override void WriteFields(Row row, DocumentWriter json)
    {
        var units = row.Units is { } filled
            ? string.Create(CultureInfo.InvariantCulture, $" with {filled:0.###} U")
            : "";
        json.Text("notes", Note($"{row.Part} filled{units}", IsComplete(row) ? null : row.Status));
    }

    private static bool IsComplete(Row row) => row.Status is null or "Completed";

    internal sealed class Row : DocumentRow
    {
        public string Part { get; init; } = "";

        public decimal? Units { get; init; }

        public string? Status { get; init; }
    }
}

using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>Treatments, which the site finds by their <c>identifier</c>.</summary>
/// <typeparam name="T">A row.</typeparam>
internal abstract class TreatmentKind<T>(
    string name, NightscoutContent content, string statement, IReadOnlyList<string> likes)
    : DocumentKind<T>(name, content, Treatments, statement)
    where T : DocumentRow
{
    /// <inheritdoc/>
    public override bool IsLike(string eventType) => likes.Contains(eventType, StringComparer.OrdinalIgnoreCase);

    /// <summary>The event type, as Nightscout knows it.</summary>
    protected abstract string EventTypeOf(T row);

    /// <summary>Writes what distinguishes the event type.</summary>
    protected abstract void WriteFields(T row, DocumentWriter json);

    /// <inheritdoc/>
    protected sealed override void Write(T row, DocumentWriter json)
    {
        json.Start();
        json.Text("identifier", IdentifierOf(row.Pump, row.LogPosition));
        json.Text("eventType", EventTypeOf(row));
        json.Time("created_at", row);
        json.Device("enteredBy", row);
        json.Device("device", row);
        WriteFields(row, json);
        json.End();
    }

    /// <summary>Parts of a note as sentences.</summary>
    protected static string Note(params ReadOnlySpan<string?> parts)
    {
        var known = new List<string>();
        foreach (var part in parts)
        {
            if (!string.IsNullOrEmpty(part))
            {
                known.Add(part);
            }
        }

        return string.Join(". ", known);
    }
}

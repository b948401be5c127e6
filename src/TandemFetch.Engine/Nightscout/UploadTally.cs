using TandemFetch.Engine.Nightscout.Documents;

namespace TandemFetch.Engine.Nightscout;

/// <summary>In what a run differed from its plan, because of what other uploaders have written.</summary>
internal sealed class UploadTally
{
    private readonly Dictionary<(string Kind, string Pump), PlannedCount> _corrections = [];

    /// <summary>What is to be added to the counts of the plan.</summary>
    public IEnumerable<PlannedCount> Corrections => _corrections.Values;

    /// <summary>Records that a row was not sent.</summary>
    public void LeaveAlone(DocumentKind kind, DocumentRow row)
    {
        var correction = Of(kind, row);
        if (row.IsNew)
        {
            correction.New--;
        }
        else
        {
            correction.Changed--;
        }
    }

    /// <summary>Records that a document of another uploader was deleted.</summary>
    public void Replace(DocumentKind kind, DocumentRow row) => Of(kind, row).Replaced++;

    private PlannedCount Of(DocumentKind kind, DocumentRow row)
    {
        if (!_corrections.TryGetValue((kind.Name, row.Pump), out var correction))
        {
            _corrections.Add(
                (kind.Name, row.Pump), correction = new PlannedCount { Kind = kind.Name, Pump = row.Pump });
        }

        return correction;
    }
}

using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>
/// The base of all commands that compute a list of what happened, oldest first, of which they can get the newest.
/// </summary>
public abstract class AnalysisListCommand : AnalysisCommand
{
    /// <summary>Gets only the newest results, this many; they are still emitted oldest first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <inheritdoc/>
    private protected sealed override IReadOnlyList<object> Compute(TandemDatabase database, RecordFilter filter) =>
        [.. Find(database, filter).TakeLast(Newest ?? int.MaxValue)];

    /// <summary>Finds what the command is about, oldest first.</summary>
    private protected abstract IEnumerable<object> Find(TandemDatabase database, RecordFilter filter);
}

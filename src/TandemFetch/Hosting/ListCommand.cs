using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>The base of all commands that get rows of one table, of which they can get the newest.</summary>
public abstract class ListCommand : TimeRangeCommand
{
    /// <summary>Gets only the newest rows, this many; they are still emitted oldest first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <summary>The rows that the parameters select.</summary>
    /// <param name="database">The file that contains them.</param>
    private protected virtual RecordFilter CreateFilter(TandemDatabase database) =>
        ResolveFilter(database) with { Conditions = [.. Conditions(database)], Newest = Newest };

    /// <summary>The conditions of parameters that only this command has.</summary>
    /// <param name="database">The file that contains the rows.</param>
    private protected virtual IEnumerable<ColumnCondition> Conditions(TandemDatabase database) => [];
}

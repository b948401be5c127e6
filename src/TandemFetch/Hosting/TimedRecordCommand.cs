using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>
/// The base of all commands that list rows by true time: rows whose true time cannot be known are listed separately.
/// </summary>
/// <typeparam name="T">The record of a row.</typeparam>
public abstract class TimedRecordCommand<T> : RecordCommand<T>
{
    /// <summary>Lists the rows whose true time cannot be known, instead of those whose time is known.</summary>
    [Parameter]
    public SwitchParameter UnknownTime { get; set; }

    private protected override RecordFilter CreateFilter(TandemDatabase database)
    {
        var filter = base.CreateFilter(database);
        return UnknownTime && (filter.Since ?? filter.Until) is not null
            ? throw new Engine.TandemException(
                "UnknownTimeConflict",
                Engine.TandemErrorKind.InvalidArgument,
                "Rows of unknown time are not in any time range. Omit -Since, -Until and -Last, or -UnknownTime.")
            : filter with { UnknownTime = UnknownTime };
    }
}

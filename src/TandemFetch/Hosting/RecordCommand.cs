using TandemFetch.Engine;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Tables;

namespace TandemFetch.Hosting;

/// <summary>
/// The base of all commands that get the rows of a table. The record determines which domain table; a command for
/// another table defines how it is read.
/// </summary>
/// <typeparam name="T">The record of a row.</typeparam>
public abstract class RecordCommand<T> : ListCommand
{
    /// <summary>Reads the rows of the command's table.</summary>
    private protected virtual IEnumerable<T> Read(
        RecordReader reader, RecordFilter filter, CancellationToken cancellationToken) =>
        reader.Read<T>(filter, cancellationToken);

    /// <inheritdoc/>
    protected override void Process()
    {
        CheckTimeRange();
        using var database = OpenDerived();
        var filter = CreateFilter(database);
        var reader = new RecordReader(database);
        foreach (var record in Read(reader, filter, StopToken))
        {
            WriteObject(record);
        }

        if (reader.UnknownTimeRows > 0)
        {
            WriteWarning(
                $"{Quantity.Of(reader.UnknownTimeRows, "row")} omitted because the true time cannot be known. "
                + $"{MyInvocation.MyCommand.Name} -UnknownTime lists what was omitted, by the pump's own clock.");
        }
    }
}

using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>What the assistant sees of a file.</summary>
/// <param name="Tables">The tables, by name.</param>
/// <param name="Pumps">The pumps, by number.</param>
/// <param name="Zone">The zone of the pumps if all have the same one, otherwise UTC.</param>
internal sealed record VisibleFile(
    IReadOnlyList<VisibleTable> Tables, IReadOnlyList<NumberedPump> Pumps, ZoneOffsets Zone)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="TandemException">One of <see cref="DatabaseErrors"/>.</exception>
    public static async Task<VisibleFile> ReadAsync(
        AssistantScope scope, AssistantLimits limits, CancellationToken cancellationToken)
    {
        using var database = await DatabaseFile
            .OpenAsync(scope.Database, DatabaseAccess.Read, limits.LockTimeout, cancellationToken)
            .ConfigureAwait(false);
        return Read(database, scope);
    }

    /// <summary>Reads it from an open file.</summary>
    public static VisibleFile Read(TandemDatabase database, AssistantScope scope)
    {
        var pumps = NumberedPump.Of(PumpReader.Read(database, []));
        return new VisibleFile(
            new VisibleTables(scope, pumps).Read(database), pumps, ZoneTable.Common(database) ?? ZoneOffsets.Utc);
    }
}

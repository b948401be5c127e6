using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>The base of all commands that read what is stored, in the database or in a lake.</summary>
public abstract class StoredDataCommand : DatabaseCommand
{
    /// <summary>
    /// A folder that <c>Publish-TandemLake</c> has written, to be read instead of the database. <c>-PumpSerial</c> then
    /// takes the names of pumps in the lake, and only the files of these pumps are opened.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Lake { get; set; }

    /// <summary>What the command reads, if a lake does not have it; otherwise null.</summary>
    private protected virtual string? MissingInLake => null;

    /// <summary>The pumps that the command reads; empty for all.</summary>
    private protected virtual IReadOnlyCollection<string> SelectedPumps => [];

    /// <summary>The path of what is read, for messages and to protect it.</summary>
    private protected string ResolveStoredPath() => Lake is null ? ResolveDatabasePath() : ResolveLake().Path;

    /// <summary>The folder that <c>-Lake</c> names.</summary>
    /// <exception cref="TandemException">
    /// <c>LakeConflict</c>, <c>LakePathInvalid</c>, or <see cref="LakeErrors.NeedsDatabase"/>: a lake does not have what
    /// the command reads.
    /// </exception>
    private protected LakeFolder ResolveLake() => MissingInLake is { } missing
        ? throw new TandemException(
            LakeErrors.NeedsDatabase,
            TandemErrorKind.InvalidArgument,
            $"A lake has no {missing}. Omit -Lake to read them from the database.",
            Lake)
        : LakeSource.Folder(this, Lake!, Database);

    /// <summary>Opens the database or the lake for reading.</summary>
    private protected TandemDatabase OpenStored() => Lake is null ? OpenDatabase(DatabaseAccess.Read) : OpenLake();

    /// <inheritdoc/>
    private protected override TandemDatabase OpenDerived() => Lake is null ? base.OpenDerived() : OpenLake();

    private TandemDatabase OpenLake() => LakeDatabase.Open(ResolveLake(), SelectedPumps, WriteWarning);
}

using System.Management.Automation;
using TandemFetch.Engine.Integrity;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Checks that the contents of the database are consistent: raw entries and events, events and domain rows, windows,
/// keys, the clock and its times. It only reads, and emits one object per check; <c>Where-Object { -not $_.Passed }</c>
/// selects those that failed.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "TandemDatabase")]
[OutputType(typeof(IntegrityCheck))]
public sealed class TestTandemDatabaseCommand : DatabaseCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        var path = ResolveDatabasePath();
        Await(async (pipeline, cancellationToken) =>
        {
            using var observer = new CmdletObserver(pipeline);
            using var database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Read, LockTimeLimit, cancellationToken).ConfigureAwait(false);
            foreach (var check in new IntegrityInspection(database, observer).Run(cancellationToken))
            {
                pipeline.WriteObject(check);
            }
        });
    }
}

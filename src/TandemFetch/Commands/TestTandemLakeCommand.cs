using System.Management.Automation;
using TandemFetch.Engine.Lake;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Checks that a lake is complete and consistent: manifests, files, checksums, rows, keys and totals. It only reads,
/// and emits one object per check; <c>Where-Object { -not $_.Passed }</c> selects those that failed.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "TandemLake")]
[OutputType(typeof(IntegrityCheck))]
public sealed class TestTandemLakeCommand : TandemCommand
{
    /// <summary>The folder of the lake.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void Process()
    {
        var lake = LakeSource.Folder(Path, SessionState.Path);
        Await((pipeline, cancellationToken) => Task.Run(
            () =>
            {
                using var observer = new CmdletObserver(pipeline);
                foreach (var check in new LakeInspection(lake, observer).Run(cancellationToken))
                {
                    pipeline.WriteObject(check);
                }
            },
            cancellationToken));
    }
}

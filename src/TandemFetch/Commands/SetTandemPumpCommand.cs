using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Changes the time zone of a pump. The true time of everything from the pump is recalculated, and the pump is emitted
/// with its new zone.
/// </summary>
[Cmdlet(VerbsCommon.Set, "TandemPump", SupportsShouldProcess = true)]
[OutputType(typeof(Pump))]
public sealed class SetTandemPumpCommand : DatabaseCommand
{
    /// <summary>Serial numbers of the pumps.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("SerialNumber")]
    [ArgumentCompleter(typeof(PumpSerialCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? PumpSerial { get; set; }

    /// <summary>
    /// IANA name of the zone, such as <c>America/New_York</c>; a Windows zone name is converted. From then on it takes
    /// precedence over the session, the credentials file and <c>$env:TANDEM_TIME_ZONE</c>.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = ResolveDatabasePath();
        var request = new BackfillRequest
        {
            Stages = [PipelineStage.Parse, PipelineStage.Derive],
            PumpSerials = PumpSerial!,
            NewTimeZone = ZoneRules.Find(TimeZone!).Name,
        };
        Backfill.Check(request);
        using (var database = OpenDatabase(DatabaseAccess.Read))
        {
            PumpReader.Check(database, PumpSerial!);
        }

        if (ShouldProcess($"pump {string.Join(", ", PumpSerial!)} in '{path}'", $"Set the time zone to {request.NewTimeZone}"))
        {
            Await((pipeline, cancellationToken) => SetAsync(pipeline, path, request, cancellationToken));
        }
    }

    private async Task SetAsync(PipelineWriter pipeline, string path, BackfillRequest request, CancellationToken cancellationToken)
    {
        using var observer = new CmdletObserver(pipeline);
        IReadOnlyList<Pump> pumps;
        using (var database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Write, LockTimeLimit, cancellationToken).ConfigureAwait(false))
        {
            var backfill = new Backfill(database, observer, TimeProvider.System);
            await foreach (var run in backfill.RunAsync(request, null, null, pipeline.WriteFailure, cancellationToken).ConfigureAwait(false))
            {
                pipeline.WriteVerbose($"{run.Stage}: {Quantity.Of(run.RowsOut, "row")}.");
            }

            pumps = PumpReader.Read(database, request.PumpSerials);
        }

        foreach (var pump in pumps)
        {
            pipeline.WriteObject(pump);
        }
    }
}

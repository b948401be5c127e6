using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Import;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Imports log entries from files into the database, through the same three stages as a backfill: saved
/// <c>pump-logs</c> responses, or raw entries as <c>Export-TandemData raw_events</c> writes them. Importing a file
/// again adds nothing. The database is created if it does not exist.
/// </summary>
[Cmdlet(VerbsData.Import, "TandemRawEvent", SupportsShouldProcess = true, DefaultParameterSetName = ByPath)]
[OutputType(typeof(PipelineRun))]
public sealed class ImportTandemRawEventCommand : DatabaseCommand
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    private readonly List<string> _files = [];

    /// <summary>
    /// Paths of the files (<c>.json</c>, <c>.parquet</c>, <c>.csv</c> or <c>.jsonl</c>; text files also as <c>.gz</c>)
    /// or of folders that <c>Export-TandemData</c> wrote with <c>-Archive</c> or <c>-PartitionBy</c>. Wildcards are
    /// allowed.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of the files, without wildcards; also from the pipeline.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// IANA name of the zone that the pump's clock is set to, such as <c>America/New_York</c>. By default, the zone in
    /// the database, the session, the credentials file or <c>$env:TANDEM_TIME_ZONE</c>.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var path in ParameterSetName == ByPath ? Path : LiteralPath)
        {
            try
            {
                _files.AddRange(ParameterSetName == ByPath
                    ? SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _)
                    : [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)]);
            }
            catch (ItemNotFoundException missing)
            {
                WriteFailure(new TandemException(ImportErrors.Unreadable, TandemErrorKind.NotFound, $"There is no file '{path}'.", path, missing));
            }
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        var path = ResolveDatabasePath();
        var files = _files.Where(file => ShouldProcess(path, $"Import '{file}'")).ToList();
        if (files.Count == 0)
        {
            return;
        }

        var zone = TimeZone ?? PumpTimeZone.Find(Settings, CurrentFolder);
        if (zone is not null)
        {
            ZoneRules.Find(zone);
        }

        Await(async (pipeline, cancellationToken) =>
        {
            using var observer = new CmdletObserver(pipeline);
            using var database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Write, LockTimeLimit, cancellationToken).ConfigureAwait(false);
            var import = new RawEventImport(database, observer, System.TimeProvider.System);
            foreach (var file in files)
            {
                try
                {
                    foreach (var run in await import.ImportAsync(file, zone, TimeZone is not null, cancellationToken).ConfigureAwait(false))
                    {
                        pipeline.WriteObject(run);
                    }
                }
                catch (TandemException failure)
                {
                    pipeline.WriteFailure(failure);
                }
            }

            var request = new BackfillRequest { Stages = [PipelineStage.Parse, PipelineStage.Derive] };
            await foreach (var run in new Backfill(database, observer, System.TimeProvider.System)
                .RunAsync(request, null, null, pipeline.WriteFailure, cancellationToken).ConfigureAwait(false))
            {
                pipeline.WriteObject(run);
            }
        });
    }
}

using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Fetches what is missing from the log of the account's pumps, parses it and derives the tables. A run continues where
/// the last one stopped; a second run adds nothing. Without a session, it connects with the credentials in the file or
/// the environment.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "TandemBackfill", SupportsShouldProcess = true)]
[OutputType(typeof(PipelineRun))]
public sealed class InvokeTandemBackfillCommand : SourceCommand
{
    private readonly List<string> _serials = [];

    /// <summary>The stages to run, in the order in which data flows through them; all three by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PipelineStage[] Stage { get; set; } = Enum.GetValues<PipelineStage>();

    /// <summary>
    /// Fetches nothing before the day of this moment: how long ago (<c>7d</c>, <c>24h</c>), <c>today</c>,
    /// <c>yesterday</c>, or a date. Without an offset it is in the pump's zone, as <see cref="PumpTimeZone"/>
    /// determines it.
    /// </summary>
    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(MomentCompleter))]
    public Moment? Since { get; set; }

    /// <summary>Fetches nothing after the day of this moment, which is written like <c>-Since</c>.</summary>
    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(MomentCompleter))]
    public Moment? Until { get; set; }

    /// <summary>Serial numbers of the pumps; all pumps of the account by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SerialNumber")]
    [ArgumentCompleter(typeof(PumpSerialCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? PumpSerial { get; set; }

    /// <summary>Runs the stages again on all of their input, as if they had never run.</summary>
    [Parameter]
    public SwitchParameter Rebuild { get; set; }

    private bool Fetches => Stage.Contains(PipelineStage.Fetch);

    /// <inheritdoc/>
    protected override void Process() => _serials.AddRange((PumpSerial ?? []).Except(_serials));

    /// <inheritdoc/>
    protected override void End()
    {
        // If Get-TandemPump found nothing or was stopped by an error, this must not mean "all pumps".
        if (MyInvocation.ExpectingInput && _serials.Count == 0)
        {
            return;
        }

        var path = ResolveDatabasePath();
        var zone = new Lazy<ZoneOffsets>(() => ZoneOfTimes(path));
        var request = new BackfillRequest
        {
            Stages = Stage,
            Since = Since?.In(zone.Value),
            Until = Until?.In(zone.Value),
            PumpSerials = _serials,
            Rebuild = Rebuild,
            TimeZone = SourceConnection.Current?.TimeZone,
        };
        Backfill.Check(request);
        var session = SourceConnection.Current;
        var credential = session is null && Fetches ? RequestAccount() : null;
        Await((pipeline, cancellationToken) => RunAsync(pipeline, path, request, cancellationToken));

        async Task RunAsync(PipelineWriter pipeline, string path, BackfillRequest request, CancellationToken cancellationToken)
        {
            using var observer = new CmdletObserver(pipeline);
            var stored = await LookAsync(path, cancellationToken).ConfigureAwait(false);
            if (!Fetches)
            {
                await RunStagesAsync(pipeline, observer, path, request, null, null, stored, cancellationToken)
                    .ConfigureAwait(false);
                return;
            }

            await using var own = session is null
                ? await ConnectAsync(credential!, observer, cancellationToken).ConfigureAwait(false)
                : null;
            session ??= own!;
            using (session.HeardBy(observer))
            {
                var account = await session.GetAccountAsync(cancellationToken).ConfigureAwait(false);
                request = request with
                {
                    TimeZone = session.TimeZone,
                    PumpSerials = request.PumpSerials.Count == 0 && session.PumpSerial is { } named ? [named] : request.PumpSerials,
                };
                await RunStagesAsync(
                    pipeline, observer, path, request, session.Client, account, stored, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>The zone of <c>-Since</c> and <c>-Until</c> if they have no offset.</summary>
    private ZoneOffsets ZoneOfTimes(string path)
    {
        if (Since?.IsExact != false && Until?.IsExact != false)
        {
            return ZoneOffsets.Utc;
        }

        using var database = File.Exists(path) ? OpenForLookAsync(path, StopToken).GetAwaiter().GetResult() : null;
        return PumpTimeZone.OfTimes(database, _serials, Settings, CurrentFolder);
    }

    /// <summary>
    /// What the file has, read before anybody signs in, so that a folder or a file of another kind is reported first.
    /// </summary>
    private async Task<StoredLogs> LookAsync(string path, CancellationToken cancellationToken)
    {
        if (Fetches && !Path.Exists(path))
        {
            return StoredLogs.None;
        }

        using var database = await OpenForLookAsync(path, cancellationToken).ConfigureAwait(false);
        return Fetches && database is not null ? StoredLogs.Read(database) : StoredLogs.None;
    }

    private async Task RunStagesAsync(
        PipelineWriter pipeline,
        CmdletObserver observer,
        string path,
        BackfillRequest request,
        TandemSourceClient? source,
        SourceAccount? account,
        StoredLogs stored,
        CancellationToken cancellationToken)
    {
        var plan = Plan(request, account, stored);
        if (!Approves(pipeline, path, request, plan))
        {
            return;
        }

        using var database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Write, LockTimeLimit, cancellationToken).ConfigureAwait(false);
        var backfill = new Backfill(database, observer, TimeProvider.System);
        var runs = new List<PipelineRun>();
        await foreach (var run in backfill.RunAsync(request, source, account, pipeline.WriteFailure, cancellationToken).ConfigureAwait(false))
        {
            runs.Add(run);
            pipeline.WriteObject(run);
        }

        pipeline.WriteInformation(Summary(path, runs), "TandemFetch");
    }

    private static string Summary(string path, IReadOnlyCollection<PipelineRun> runs)
    {
        var parts = runs.GroupBy(run => run.Stage).OrderBy(stage => stage.Key).Select(stage => stage.Key switch
        {
            PipelineStage.Fetch => $"{Quantity.Of(stage.Sum(run => run.RowsIn), "entry", "entries")} received, "
                + $"{stage.Sum(run => run.RowsOut):N0} new",
            PipelineStage.Parse => $"{stage.Sum(run => run.RowsIn):N0} parsed",
            _ => $"{Quantity.Of(stage.Sum(run => run.RowsOut), "row")} derived",
        });
        var seconds = runs.Sum(run => run.DurationValue.TotalSeconds);
        return $"Backfill into '{path}': {string.Join("; ", parts)}; {seconds:N1} s.";
    }

    /// <summary>
    /// What the fetch of each pump would request. Anything wrong with the parameters is reported here, before a file is
    /// created.
    /// </summary>
    private static IReadOnlyList<(SourcePump Pump, IReadOnlyList<DayRange> Windows)> Plan(
        BackfillRequest request, SourceAccount? account, StoredLogs stored) =>
        account is null
            ? []
            :
            [
                .. Backfill.Select(account, request.PumpSerials)
                    .Select(pump => (pump, Backfill.PlanFetch(pump, request, stored, TimeProvider.System))),
            ];

    /// <summary>
    /// The file, opened for reading; null if an older version wrote it, in which case opening it for writing will
    /// update it.
    /// </summary>
    private async Task<TandemDatabase?> OpenForLookAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await DatabaseFile.OpenAsync(path, DatabaseAccess.Read, LockTimeLimit, cancellationToken).ConfigureAwait(false);
        }
        catch (TandemException failure) when (failure.ErrorId == DatabaseErrors.Older)
        {
            return null;
        }
    }

    /// <summary>
    /// Asks for confirmation once for the whole run; <c>-WhatIf</c> prints a line per window and stage.
    /// </summary>
    private bool Approves(
        PipelineWriter pipeline,
        string path,
        BackfillRequest request,
        IReadOnlyList<(SourcePump Pump, IReadOnlyList<DayRange> Windows)> plan)
    {
        var reason = ShouldProcessReason.None;
        var windows = plan.Sum(pump => pump.Windows.Count);
        var summary = $"{string.Join(", ", request.Stages.Order())} into '{path}'"
            + (Fetches ? $": {Quantity.Of(windows, "window")} to fetch." : ".");
        if (pipeline.ShouldProcess(summary, $"Backfill {summary}", "Invoke-TandemBackfill", out reason))
        {
            return true;
        }

        if (reason == ShouldProcessReason.WhatIf)
        {
            foreach (var (pump, range) in plan.SelectMany(pump => pump.Windows.Select(window => (pump.Pump, window))))
            {
                pipeline.ShouldProcess($"pump {pump.Label}", $"Fetch {range.First:o} to {range.Last:o}");
            }
        }

        return false;
    }
}

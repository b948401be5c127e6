using System.Runtime.CompilerServices;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Runs the stages, one pump after the other. Each stage continues where it stopped: what was committed is kept, the
/// rest is done again.
/// </summary>
/// <param name="database">A file that is open for writing.</param>
/// <param name="observer">Receives progress and messages.</param>
/// <param name="time">Clock.</param>
public sealed class Backfill(TandemDatabase database, IRunObserver observer, TimeProvider time)
{
    // Failures of a pump's log that do not concern the logs of the other pumps.
    private static readonly HashSet<string> OfOnePump =
    [
        PipelineErrors.WindowFailed, PipelineErrors.StageFailed, SourceErrors.RangeFailed, SourceErrors.RequestRefused, SourceErrors.EndpointGone,
        SourceErrors.AnswerMalformed,
    ];

    private readonly IRunObserver _observer = new SerialObserver(observer);
    private readonly PumpStore _pumps = new(database);

    /// <summary>Checks what can be checked before anything is fetched or written.</summary>
    /// <exception cref="TandemException"><see cref="PipelineErrors"/>: a range or zone is invalid.</exception>
    public static void Check(BackfillRequest request)
    {
        if (request.Since > request.Until)
        {
            throw new TandemException(
                PipelineErrors.DateRangeInvalid,
                TandemErrorKind.InvalidArgument,
                FormattableString.Invariant($"-Since ({request.Since:yyyy-MM-dd HH:mm zzz}) is after ")
                + FormattableString.Invariant($"-Until ({request.Until:yyyy-MM-dd HH:mm zzz}). Swap them."),
                request.Since);
        }

        foreach (var zone in new[] { request.TimeZone, request.NewTimeZone }.OfType<string>())
        {
            ZoneRules.Find(zone);
        }
    }

    /// <summary>The pumps of an account that a request concerns.</summary>
    /// <exception cref="TandemException">
    /// <see cref="PipelineErrors.AccountEmpty"/>, <c>PumpUnknown</c>, <see cref="PipelineErrors.PumpNeverUploaded"/>.
    /// </exception>
    public static IReadOnlyList<SourcePump> Select(SourceAccount account, IReadOnlyCollection<string> serials)
    {
        if (account.Pumps.Count == 0)
        {
            throw new TandemException(
                PipelineErrors.AccountEmpty,
                TandemErrorKind.NotFound,
                $"The account has no pumps. Is this the {account.Region} account to which your pump uploads?",
                account.Region);
        }

        PumpSerials.Check(serials, account.Pumps.Select(pump => pump.Label));
        var asked = account.Pumps.Where(pump => serials.Count == 0 || serials.Contains(pump.Label)).ToList();
        var uploaded = asked.Where(pump => pump.HasUploaded).ToList();
        if (uploaded.Count < asked.Count && (uploaded.Count == 0 || serials.Count > 0))
        {
            var silent = asked.First(pump => !pump.HasUploaded);
            throw new TandemException(
                PipelineErrors.PumpNeverUploaded,
                TandemErrorKind.NotFound,
                $"Pump {silent.Label} has never uploaded to Tandem Source. Pair it with the t:connect or Mobi app, "
                + "or upload it by cable, and try again; phones upload about once an hour.",
                silent.Label);
        }

        return uploaded;
    }

    /// <summary>
    /// The days that a fetch of one pump would request first, in windows that apply as long as no request fails. Their
    /// responses can require more days.
    /// </summary>
    /// <param name="pump">The pump as the account shows it.</param>
    /// <param name="request">The request.</param>
    /// <param name="stored">What the file has.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="TandemException">
    /// <see cref="PipelineErrors.TimeZoneMissing"/>, <see cref="ClockErrors.TimeZoneUnknown"/>.
    /// </exception>
    public static IReadOnlyList<DayRange> PlanFetch(
        SourcePump pump, BackfillRequest request, StoredLogs stored, TimeProvider time)
    {
        var zone = ZoneOf(pump, request, PumpStore.Find(stored.Pumps, pump));
        return
        [
            .. Plan(pump, request, zone, stored.HistoryOf(pump.AssignmentId), time)
                .Next(stored.SettingsOf(pump.AssignmentId))
                .SelectMany(FetchPlan.Windows),
        ];
    }

    /// <summary>Runs the stages of a request, one result per stage and pump.</summary>
    /// <param name="request">What to do; pass it to <see cref="Check"/> first.</param>
    /// <param name="source">The source of the log; null if Fetch is not among the stages.</param>
    /// <param name="account">The account as the source shows it now; null if Fetch is not among the stages.</param>
    /// <param name="reportFailure">Receives the failure of one pump; the other pumps are still run.</param>
    /// <param name="cancellationToken">Stops; what has been committed is kept.</param>
    /// <exception cref="TandemException">
    /// A stage failed for a reason that concerns all pumps; the run log records it too.
    /// </exception>
    public async IAsyncEnumerable<PipelineRun> RunAsync(
        BackfillRequest request,
        ILogSource? source,
        SourceAccount? account,
        Action<TandemException> reportFailure,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chain = new PumpPipeline(database, _observer, time);
        var finished = new Dictionary<string, long>();
        IReadOnlyList<SourcePump> fetching =
            request.Stages.Contains(PipelineStage.Fetch) ? Select(account!, request.PumpSerials) : [];
        var progress = new BackfillProgress(_observer, time, CountPumps(request, fetching));
        foreach (var pump in fetching)
        {
            var before = _pumps.Find(pump);
            var zone = ZoneOf(pump, request, before);
            var plan = Plan(pump, request, zone, FetchHistory.Read(database, pump.AssignmentId), time);
            var known = _pumps.UpdateZone(Announce(pump, zone, before));
            zone = known.TimeZone;
            WarnOfOtherZone(known, request);
            var runs = chain.RunAsync(
                known,
                request,
                (session, fetched, bar, token) => FetchAsync(session, source!, pump, zone, plan, fetched, bar, token),
                progress,
                cancellationToken);
            await foreach (var run in ReportingAsync(runs, reportFailure, cancellationToken).ConfigureAwait(false))
            {
                yield return run;
            }

            finished.Add(pump.AssignmentId, NewestEntry());
        }

        // Pumps that the account does not list, and those already processed of which another pump's responses brought
        // entries, or repeated some.
        foreach (var pump in Known(request).Where(pump => !finished.TryGetValue(pump.DeviceAssignmentId, out var newest) || HasMore(pump, newest)))
        {
            var runs = chain.RunAsync(_pumps.UpdateZone(pump), request, fetch: null, progress, cancellationToken);
            await foreach (var run in ReportingAsync(runs, reportFailure, cancellationToken).ConfigureAwait(false))
            {
                yield return run;
            }

            finished[pump.DeviceAssignmentId] = NewestEntry();
        }

        progress.End();
    }

    private async Task<StageCount> FetchAsync(
        TandemDatabase session,
        ILogSource source,
        SourcePump pump,
        string zone,
        FetchPlan plan,
        WorkSignal fetched,
        StageProgress progress,
        CancellationToken cancellationToken)
    {
        new PumpSettingsStore(session).Save(pump);
        var count = await new FetchStage(session, source, _observer, time)
            .RunAsync(pump, plan, fetched, progress, cancellationToken).ConfigureAwait(false);

        // Not earlier: a watch considers a pump with this record as completely fetched.
        new PumpStore(session).Save(pump, zone);
        ClockUploads.Remember(session, pump);
        return count;
    }

    /// <summary>The runs of one pump, up to a failure that concerns only this pump.</summary>
    private static async IAsyncEnumerable<PipelineRun> ReportingAsync(
        IAsyncEnumerable<PipelineRun> runs,
        Action<TandemException> reportFailure,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var enumerator = runs.GetAsyncEnumerator(cancellationToken);
        await using (enumerator.ConfigureAwait(false))
        {
            while (await HasNextAsync(enumerator, reportFailure).ConfigureAwait(false))
            {
                yield return enumerator.Current;
            }
        }
    }

    private static async Task<bool> HasNextAsync(IAsyncEnumerator<PipelineRun> runs, Action<TandemException> reportFailure)
    {
        try
        {
            return await runs.MoveNextAsync().ConfigureAwait(false);
        }
        catch (TandemException failure) when (OfOnePump.Contains(failure.ErrorId))
        {
            reportFailure(failure);
            return false;
        }
    }

    private static FetchPlan Plan(
        SourcePump pump, BackfillRequest request, string zoneName, FetchHistory history, TimeProvider time)
    {
        var zone = ZoneRules.Find(zoneName);
        var scope = FetchScope.Of(pump, time.GetUtcNow()) with
        {
            Since = request.Since is { } since ? LocalDay(since, zone) : null,
            Until = request.Until is { } until ? LocalDay(until, zone) : null,
            Rebuild = request.Rebuild,
        };
        return new FetchPlan(scope, history);
    }

    /// <summary>The pumps of the account and those in the file that a request concerns.</summary>
    private int CountPumps(BackfillRequest request, IReadOnlyList<SourcePump> fetching) => fetching
        .Select(pump => pump.AssignmentId)
        .Union(_pumps.All().Where(pump => Concerns(request, pump)).Select(pump => pump.DeviceAssignmentId))
        .Count();

    private static bool Concerns(BackfillRequest request, PumpRow pump) =>
        request.PumpSerials.Count == 0 || request.PumpSerials.Contains(pump.Label);

    /// <summary>
    /// The highest id, found by the order of ids without reading the table, which <c>max</c> would read after rows were
    /// added.
    /// </summary>
    private long NewestEntry() => database.Scalar<long?>("SELECT id FROM raw_events ORDER BY id DESC LIMIT 1") ?? 0;

    /// <summary>
    /// Whether another pump's responses left work for a pump whose stages had ended: entries of its own, or events that
    /// now count for a newer key of the same pump.
    /// </summary>
    private bool HasMore(PumpRow pump, long newest) => database.Scalar<bool>(
        """
        SELECT EXISTS (FROM raw_events WHERE device_assignment_id = $DeviceAssignmentId AND id > $newest)
            OR (EXISTS (FROM bookkeeping.underived_ranges WHERE device_assignment_id = $DeviceAssignmentId)
                AND EXISTS (FROM bookkeeping.newer_assignments WHERE device_assignment_id = $DeviceAssignmentId))
        """,
        new { pump.DeviceAssignmentId, newest });

    /// <summary>Records a pump before its log is fetched, with the upload stored in the file.</summary>
    private PumpRow Announce(SourcePump pump, string zone, PumpRow? known)
    {
        var before = known?.DeviceAssignmentId == pump.AssignmentId ? known : null;
        _pumps.Save(
            pump with
            {
                LastEvent = before?.LastEvent,
                LastUpload = before?.LastUpload is { } upload ? new DateTimeOffset(DateTime.SpecifyKind(upload, DateTimeKind.Utc)) : null,
            },
            zone);

        // The clock is resolved with what the account shows now.
        return new PumpRow(
            pump.AssignmentId, pump.SerialNumber, zone, pump.LastEvent, pump.LastUpload?.UtcDateTime, known?.TimeZoneSetBy);
    }

    /// <summary>The zone in the file applies to a pump, and its user may not know that it is a different one.</summary>
    private void WarnOfOtherZone(PumpRow pump, BackfillRequest request)
    {
        if (request.TimeZone is { } named && pump.TimeZoneSetBy != PumpStore.SetByUser && ZoneRules.Find(named).Name is var zone && zone != pump.TimeZone)
        {
            _observer.Warning(
                $"Pump {pump.Label} has the time zone {pump.TimeZone} in this file, but the session specifies {zone}. The file's zone is used. "
                + $"If it is wrong, run Set-TandemPump {pump.Label} -TimeZone {zone}. If it is right, run that command with {pump.TimeZone} to stop this warning.");
        }
    }

    private IReadOnlyList<PumpRow> Known(BackfillRequest request)
    {
        var all = _pumps.All();
        PumpSerials.Check(request.PumpSerials, all.Select(pump => pump.Label));
        foreach (var pump in all.Where(pump => Concerns(request, pump) && request.NewTimeZone is not null))
        {
            _pumps.SetTimeZone(pump.DeviceAssignmentId, ZoneRules.Find(request.NewTimeZone!).Name);
        }

        return [.. _pumps.All().Where(pump => Concerns(request, pump))];
    }

    private static string ZoneOf(SourcePump pump, BackfillRequest request, PumpRow? known) =>
        known?.TimeZone
        ?? request.TimeZone
        ?? throw new TandemException(
            PipelineErrors.TimeZoneMissing,
            TandemErrorKind.InvalidArgument,
            $"Which time zone is the clock of pump {pump.Label} set to? The pump does not record it. Specify it with "
            + "Connect-TandemSource -TimeZone, time_zone in sensitive/credentials.toml or $env:TANDEM_TIME_ZONE, "
            + "as an IANA name such as America/New_York.",
            pump.Label);

    private static DateOnly LocalDay(DateTimeOffset time, ZoneOffsets zone) => DateOnly.FromDateTime(zone.ToLocal(time).DateTime);
}

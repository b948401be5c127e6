using System.Runtime.CompilerServices;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Runs the stages, one pump after the other. Each stage goes on where it stopped: what was committed stays, what was not is done again.
/// </summary>
/// <param name="database">A file that is open for writing.</param>
/// <param name="observer">Hears how it goes.</param>
/// <param name="time">Tells the time.</param>
public sealed class Backfill(TandemDatabase database, IRunObserver observer, TimeProvider time)
{
    /// <summary>The activity whose parts are the stages.</summary>
    internal const string Activity = "Backfill";

    private readonly IRunObserver _observer = new SerialObserver(observer);
    private readonly PumpRegister _pumps = new(database);

    /// <summary>Checks what can be checked before anything is fetched or written.</summary>
    /// <exception cref="TandemException"><see cref="PipelineErrors"/>: a range or zone that cannot be.</exception>
    public static void Check(BackfillRequest request)
    {
        if (request.Since > request.Until)
        {
            throw new TandemException(
                PipelineErrors.DateRangeInvalid,
                TandemErrorKind.InvalidArgument,
                $"-Since ({request.Since:yyyy-MM-dd HH:mm zzz}) lies after -Until ({request.Until:yyyy-MM-dd HH:mm zzz}). Swap them.",
                request.Since);
        }

        foreach (var zone in new[] { request.TimeZone, request.NewTimeZone }.OfType<string>())
        {
            ZoneRules.Find(zone);
        }
    }

    /// <summary>The pumps of an account that a request is about.</summary>
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
                $"The account has no pumps. Is it the {account.Region} account that your pump uploads to?",
                account.Region);
        }

        PumpSerials.Check(serials, account.Pumps.Select(pump => pump.SerialNumber));
        var asked = account.Pumps.Where(pump => serials.Count == 0 || serials.Contains(pump.SerialNumber)).ToList();
        var uploaded = asked.Where(pump => pump.LastEvent is not null).ToList();
        if (uploaded.Count < asked.Count && (uploaded.Count == 0 || serials.Count > 0))
        {
            var silent = asked.First(pump => pump.LastEvent is null);
            throw new TandemException(
                PipelineErrors.PumpNeverUploaded,
                TandemErrorKind.NotFound,
                $"Pump {silent.SerialNumber} has never uploaded to Tandem Source. Pair it with the t:connect or Mobi app, "
                + "or upload it by cable, and try again; phones upload about once an hour.",
                silent.SerialNumber);
        }

        return uploaded;
    }

    /// <summary>The days that a fetch of one pump would ask for now, as windows.</summary>
    /// <param name="pump">The pump as the account shows it.</param>
    /// <param name="request">What is asked for.</param>
    public IReadOnlyList<DayRange> PlanFetch(SourcePump pump, BackfillRequest request) => PlanFetch(pump, request, database);

    /// <summary>The days that a fetch of one pump would ask for, as windows, where there may be no file yet.</summary>
    /// <param name="pump">The pump as the account shows it.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="database">The file, for reading at least; null where there is none, and nothing has been fetched.</param>
    /// <exception cref="TandemException"><see cref="PipelineErrors.TimeZoneMissing"/>, <see cref="PipelineErrors.TimeZoneUnknown"/>.</exception>
    public static IReadOnlyList<DayRange> PlanFetch(SourcePump pump, BackfillRequest request, TandemDatabase? database)
    {
        var zone = ZoneRules.Find(ZoneOf(pump, request, database));
        var first = DateOnly.FromDateTime(pump.FirstEvent ?? pump.LastEvent!.Value);
        var last = DateOnly.FromDateTime(pump.LastEvent!.Value);
        first = request.Since is { } since ? Later(first, LocalDay(since, zone)) : first;
        last = request.Until is { } until ? Earlier(last, LocalDay(until, zone)) : last;
        if (first > last)
        {
            return [];
        }

        var done = request.Rebuild || database is null
            ? []
            : database.Query<Done>(
                "SELECT first_day, last_day FROM fetch_windows WHERE device_assignment_id = $AssignmentId", pump)
                .Select(window => new DayRange(window.FirstDay, window.LastDay));
        return WindowPlan.Missing(new DayRange(first, last), done);
    }

    /// <summary>The windows in which a planned fetch asks for its days, as long as none fails.</summary>
    /// <param name="plan">What <see cref="PlanFetch(SourcePump, BackfillRequest)"/> gives.</param>
    public static IReadOnlyList<DayRange> Windows(IReadOnlyList<DayRange> plan) => [.. plan.SelectMany(WindowPlan.Windows)];

    /// <summary>Runs the stages of a request, one result per stage and pump.</summary>
    /// <param name="request">What to do; pass it to <see cref="Check"/> first.</param>
    /// <param name="source">Where the log comes from; null when Fetch is not among the stages.</param>
    /// <param name="account">The account as the source shows it now; null when Fetch is not among the stages.</param>
    /// <param name="cancellationToken">Stops after what is committed.</param>
    /// <exception cref="TandemException">A stage failed; the run log has it too.</exception>
    public async IAsyncEnumerable<PipelineRun> RunAsync(
        BackfillRequest request,
        ILogSource? source,
        SourceAccount? account,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chain = new StageChain(database, _observer, time);
        var finished = new Dictionary<string, long>();
        if (request.Stages.Contains(PipelineStage.Fetch))
        {
            foreach (var pump in Select(account!, request.PumpSerials))
            {
                var missing = PlanFetch(pump, request);
                var zone = ZoneOf(pump, request, database);
                var known = _pumps.UpdateZone(Announce(pump, zone));
                zone = known.TimeZone;
                WarnOfOtherZone(known, request);
                Begin(known, finished.Count);
                await foreach (var run in chain.RunAsync(
                    known,
                    request,
                    (session, fetched, token) => FetchAsync(session, source!, pump, zone, missing, fetched, token),
                    cancellationToken).ConfigureAwait(false))
                {
                    yield return run;
                }

                finished.Add(pump.AssignmentId, NewestEntry());
            }
        }

        // Pumps that the account does not list, and what another pump's answer brought of one that was done.
        foreach (var pump in Known(request).Where(pump => !finished.TryGetValue(pump.DeviceAssignmentId, out var newest) || HasMore(pump, newest)))
        {
            Begin(pump, finished.Count);
            await foreach (var run in chain.RunAsync(_pumps.UpdateZone(pump), request, fetch: null, cancellationToken).ConfigureAwait(false))
            {
                yield return run;
            }

            finished[pump.DeviceAssignmentId] = NewestEntry();
        }

        _observer.Progress(new RunProgress(Activity, "Done", finished.Count, finished.Count, null));
    }

    private async Task<StageCount> FetchAsync(
        TandemDatabase session,
        ILogSource source,
        SourcePump pump,
        string zone,
        IReadOnlyList<DayRange> missing,
        StageSignal fetched,
        CancellationToken cancellationToken)
    {
        new SettingsBook(session).Save(pump);
        var count = await new FetchStage(session, source, _observer, time).RunAsync(pump, missing, fetched, cancellationToken).ConfigureAwait(false);

        // Only now: what a watch finds here is what is fetched to its end.
        new PumpRegister(session).Save(pump, zone);
        ClockUploads.Remember(session, pump);
        return count;
    }

    private void Begin(KnownPump pump, int finished) =>
        _observer.Progress(new RunProgress(Activity, $"Pump {pump.Label}", finished, 0, null));

    /// <summary>The highest id: found by its order without reading the table, which <c>max</c> reads when rows were added.</summary>
    private long NewestEntry() => database.Scalar<long?>("SELECT id FROM raw_events ORDER BY id DESC LIMIT 1") ?? 0;

    /// <summary>Whether entries of a pump came after its stages had ended, in another pump's answers.</summary>
    private bool HasMore(KnownPump pump, long newest) => database.Scalar<bool>(
        "SELECT count(*) > 0 FROM raw_events WHERE device_assignment_id = $DeviceAssignmentId AND id > $newest",
        new { pump.DeviceAssignmentId, newest });

    /// <summary>Writes down a pump before its log is fetched, with the upload that the file has of it.</summary>
    private KnownPump Announce(SourcePump pump, string zone)
    {
        var before = _pumps.All().FirstOrDefault(saved => saved.DeviceAssignmentId == pump.AssignmentId);
        _pumps.Save(
            pump with
            {
                LastEvent = before?.LastEvent,
                LastUpload = before?.LastUpload is { } upload ? new DateTimeOffset(DateTime.SpecifyKind(upload, DateTimeKind.Utc)) : null,
            },
            zone);

        // The clock is read by what the account says now.
        return new KnownPump(
            pump.AssignmentId, pump.SerialNumber, zone, pump.LastEvent, pump.LastUpload?.UtcDateTime, before?.TimeZoneSetBy);
    }

    /// <summary>The zone that the file has of a pump holds, and its user may not know that it is another one.</summary>
    private void WarnOfOtherZone(KnownPump pump, BackfillRequest request)
    {
        if (request.TimeZone is { } named && pump.TimeZoneSetBy != PumpRegister.SetByUser && ZoneRules.Find(named).Name is var zone && zone != pump.TimeZone)
        {
            _observer.Warning(
                $"Pump {pump.Label} is in the time zone {pump.TimeZone} in this file, and the session says {zone}. The file's holds. "
                + $"If it is wrong: Set-TandemPump {pump.Label} -TimeZone {zone}; if it is right, give that command with {pump.TimeZone}, and this is not said again.");
        }
    }

    private IReadOnlyList<KnownPump> Known(BackfillRequest request)
    {
        var all = _pumps.All();
        PumpSerials.Check(request.PumpSerials, all.Select(pump => pump.SerialNumber));
        foreach (var pump in all.Where(pump => IsAsked(pump) && request.NewTimeZone is not null))
        {
            _pumps.SetTimeZone(pump.DeviceAssignmentId, ZoneRules.Find(request.NewTimeZone!).Name);
        }

        return [.. _pumps.All().Where(IsAsked)];

        bool IsAsked(KnownPump pump) => request.PumpSerials.Count == 0 || request.PumpSerials.Contains(pump.SerialNumber);
    }

    private static string ZoneOf(SourcePump pump, BackfillRequest request, TandemDatabase? database) =>
        (database is null ? [] : new PumpRegister(database).All()).FirstOrDefault(known => known.DeviceAssignmentId == pump.AssignmentId)?.TimeZone
        ?? request.TimeZone
        ?? throw new TandemException(
            PipelineErrors.TimeZoneMissing,
            TandemErrorKind.InvalidArgument,
            $"Which time zone is the clock of pump {pump.SerialNumber} set to? The pump does not know. Say it with "
            + "Connect-TandemSource -TimeZone, time_zone in sensitive/credentials.toml or $env:TANDEM_TIME_ZONE, "
            + "as an IANA name such as America/New_York.",
            pump.SerialNumber);

    private static DateOnly LocalDay(DateTimeOffset time, ZoneOffsets zone) => DateOnly.FromDateTime(zone.ToLocal(time).DateTime);

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;

    private sealed record Done(DateOnly FirstDay, DateOnly LastDay);
}

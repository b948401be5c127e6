using System.Runtime.CompilerServices;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Checks the source repeatedly and fetches only if a pump has uploaded since the file's last complete fetch. The file
/// is closed between cycles; cycles never overlap; a failed cycle is reported and the watch continues.
/// </summary>
/// <param name="path">The DuckDB file; created by the first fetch.</param>
/// <param name="serials">
/// Only pumps with these serial numbers; empty for all, or for the one that the credentials specify.
/// </param>
/// <param name="connect">Signs in; called again after a failure.</param>
/// <param name="lockTimeout">How long to wait for another process to release the file.</param>
/// <param name="observer">Receives progress and messages.</param>
/// <param name="time">Clock, also for elapsed time.</param>
public sealed class SourceWatch(
    string path,
    IReadOnlyCollection<string> serials,
    Func<CancellationToken, Task<WatchedSource>> connect,
    TimeSpan lockTimeout,
    IRunObserver observer,
    TimeProvider time)
{
    /// <summary>The shortest interval: phones upload about hourly, and the server should not be burdened.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);

    private static readonly HashSet<string> Permanent =
    [
        SourceErrors.SignInRejected, SourceErrors.CredentialsMissing, SourceErrors.CredentialsIncomplete, SourceErrors.CredentialFileMalformed,
        SourceErrors.AccountAmbiguous, DatabaseErrors.IsDirectory, DatabaseErrors.Foreign, DatabaseErrors.Newer,
        DatabaseErrors.NotADatabase, PumpSerials.Unknown,
    ];

    private readonly SignInBackoff _backoff = new(time);
    private WatchedSource? _source;
    private ZoneOffsets? _zone;

    /// <summary>Runs one cycle after another; the first one begins at once.</summary>
    /// <param name="interval">
    /// Time from the start of one cycle to the start of the next; if a cycle takes longer, the next one follows at
    /// once.
    /// </param>
    /// <param name="count">Number of cycles; null for no limit.</param>
    /// <param name="cancellationToken">Ends the watch at any time.</param>
    /// <exception cref="TandemException">
    /// A failure that waiting cannot fix: a rejected password, or an invalid argument or file.
    /// </exception>
    public async IAsyncEnumerable<WatchStep> RunAsync(
        TimeSpan interval,
        int? count,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, ShortestInterval);
        for (var number = 1; ; number++)
        {
            // Elapsed time, not the wall clock, which may be set while the watch is waiting.
            var started = time.GetTimestamp();
            var step = await CycleAsync(cancellationToken).ConfigureAwait(false);
            if (number == count)
            {
                yield return step;
                yield break;
            }

            var wait = Remaining(interval, started);
            yield return step with { Cycle = step.Cycle with { NextCycle = InZone(time.GetUtcNow() + wait) } };
            await Task.Delay(Remaining(interval, started), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Remaining(TimeSpan interval, long started)
    {
        var left = interval - time.GetElapsedTime(started);
        left = left > _backoff.Remaining ? left : _backoff.Remaining;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task<WatchStep> CycleAsync(CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var started = time.GetTimestamp();
        var cycle = new WatchCycle();
        TandemException? failure = null;
        try
        {
            (cycle, failure) = await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TandemException survived) when (!IsPermanent(survived))
        {
            failure = survived;
            if (SourceErrors.CallsForBackoff(survived.ErrorId))
            {
                _backoff.Failed();
            }
        }
        catch (Exception unforeseen) when (unforeseen is not TandemException && !cancellationToken.IsCancellationRequested)
        {
            failure = new TandemException(
                PipelineErrors.CycleFailed,
                TandemErrorKind.NotSpecified,
                $"The cycle failed unexpectedly: {Sentence.Of(unforeseen)} What was finished is kept; the next cycle continues. "
                + "This is a bug in TandemFetch.",
                path,
                unforeseen);
        }

        cycle = cycle with
        {
            Started = InZone(began),
            DurationValue = time.GetElapsedTime(started),
            ErrorId = failure?.ErrorId,
        };
        return new WatchStep(cycle, failure);
    }

    private async Task<(WatchCycle Cycle, TandemException? Failure)> LookAsync(CancellationToken cancellationToken)
    {
        _source ??= await connect(cancellationToken).ConfigureAwait(false);
        var account = await _source.Source.GetAccountAsync(cancellationToken).ConfigureAwait(false);
        _backoff.Succeeded();
        IReadOnlyCollection<string> asked = serials.Count == 0 && _source.PumpSerial is { } named ? [named] : serials;
        var pumps = Backfill.Select(account, asked);
        var (known, unfinished) = await ReadFileAsync(cancellationToken).ConfigureAwait(false);
        _zone = (known.FirstOrDefault()?.TimeZone ?? _source.TimeZone) is { } zone ? ZoneRules.Find(zone) : null;

        var changed = pumps.Where(pump => !IsKnown(pump, known)).ToList();
        var cycle = new WatchCycle { LastUpload = ZoneOffsets.ToLocal(pumps.Max(pump => pump.LastUpload)?.UtcDateTime, _zone) };
        if (changed.Count == 0 && !unfinished)
        {
            observer.Verbose("No pump has uploaded since the last fetch.");
            return (cycle, null);
        }

        var request = new BackfillRequest
        {
            Stages = changed.Count > 0 ? Enum.GetValues<PipelineStage>() : [PipelineStage.Parse, PipelineStage.Derive],
            PumpSerials = changed.Count == 0 ? asked : [.. changed.Select(pump => pump.Label)],
            TimeZone = _source.TimeZone,
        };
        var (added, failure) = await FetchAsync(request, account, cancellationToken).ConfigureAwait(false);
        return (cycle with { Fetched = changed.Count > 0, NewEntries = added }, failure);
    }

    private async Task<(long Added, TandemException? Failure)> FetchAsync(BackfillRequest request, SourceAccount account, CancellationToken cancellationToken)
    {
        Backfill.Check(request);
        var added = 0L;
        TandemException? failure = null;
        using var database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Write, lockTimeout, cancellationToken).ConfigureAwait(false);
        var backfill = new Backfill(database, observer, time);
        await foreach (var run in backfill.RunAsync(request, _source!.Source, account, Report, cancellationToken).ConfigureAwait(false))
        {
            added += run.Stage == PipelineStage.Fetch ? run.RowsOut : 0;
        }

        return (added, failure);

        void Report(TandemException ofPump)
        {
            if (failure is null)
            {
                failure = ofPump;
            }
            else
            {
                observer.Warning(ofPump.Message);
            }
        }
    }

    private async Task<(IReadOnlyList<PumpRow> Pumps, bool Unfinished)> ReadFileAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return ([], false);
        }

        try
        {
            using var database = await DatabaseFile.OpenAsync(path, DatabaseAccess.Read, lockTimeout, cancellationToken).ConfigureAwait(false);
            return (
                new PumpStore(database).All(),
                UnfinishedWork.Exists(database)
                    || TableRows.Changed(database, [DomainTables.TherapyEntries, .. DomainTables.All]).Count > 0);
        }
        catch (TandemException failure) when (failure.ErrorId == DatabaseErrors.Older)
        {
            // The fetch opens the file for writing, which updates its schema.
            return ([], true);
        }
    }

    private static bool IsKnown(SourcePump pump, IReadOnlyList<PumpRow> known) =>
        known.FirstOrDefault(saved => saved.DeviceAssignmentId == pump.AssignmentId) is { } file
        && IsSame(file.LastEvent, pump.LastEvent)
        && IsSame(file.LastUpload, pump.LastUpload?.UtcDateTime);

    // The file keeps microseconds. What the account does not show cannot have changed.
    private static bool IsSame(DateTime? stored, DateTime? shown) =>
        shown is null
        || (stored is { } saved && PumpTimeText.Microseconds(saved) == PumpTimeText.Microseconds(shown.Value));

    private static bool IsPermanent(TandemException failure) =>
        Permanent.Contains(failure.ErrorId) || failure.Kind == TandemErrorKind.InvalidArgument;

    private DateTimeOffset InZone(DateTimeOffset moment) => ZoneOffsets.ToLocal(moment.UtcDateTime, _zone)!.Value;
}

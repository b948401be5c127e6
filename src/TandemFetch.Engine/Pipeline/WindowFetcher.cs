using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Requests ranges of days window by window. The server fails on ranges that are too large for it, so a window that
/// fails is halved, down to a day, and grows again after each success.
/// </summary>
internal sealed class WindowFetcher(ILogSource source, string assignmentId, IRunObserver observer)
{
    private readonly ConcurrentBag<SplitPage> _spare = [];
    private int _length = FetchPlan.LongestWindow;

    public async IAsyncEnumerable<FetchedWindow> FetchAsync(
        IReadOnlyList<DayRange> runs,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var run in runs)
        {
            for (var rest = run; rest.Days > 0;)
            {
                var window = rest.Head(_length);
                if (await TryFetchAsync(window, cancellationToken).ConfigureAwait(false) is not { } fetched)
                {
                    continue;
                }

                _length = Math.Min(_length * 2, FetchPlan.LongestWindow);
                rest = rest with { First = window.Last.AddDays(1) };
                yield return fetched;
            }
        }
    }

    /// <summary>Fetches and splits one window; returns null if it failed and a shorter one should be tried.</summary>
    private async Task<FetchedWindow?> TryFetchAsync(DayRange window, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await source.GetLogPageAsync(assignmentId, window.First, window.Last, cancellationToken).ConfigureAwait(false);
            return Split(window, answer);
        }
        catch (Exception error) when (IsOfRange(error))
        {
            if (window.Days == 1)
            {
                throw new TandemException(
                    PipelineErrors.WindowFailed,
                    TandemErrorKind.Connection,
                    $"The log of {window.First:o} could not be fetched: {error.Message} "
                    + "What was fetched before is kept; run Invoke-TandemBackfill again to continue from here.",
                    window,
                    error);
            }

            _length = window.Days / 2;
            observer.Verbose($"{window} failed ({error.Message}); trying {_length} days at a time.");
            return null;
        }
    }

    private FetchedWindow Split(DayRange window, LogPage answer)
    {
        try
        {
            var page = _spare.TryTake(out var used) ? used : new SplitPage();
            PageSplitter.Split(answer.Json.Span, page);
            return new FetchedWindow(window, answer, page, _spare);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private static bool IsOfRange(Exception error) =>
        error is JsonException or TandemException { ErrorId: SourceErrors.RangeFailed };
}

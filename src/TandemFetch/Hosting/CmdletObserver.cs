using System.Management.Automation;
using TandemFetch.Engine;

namespace TandemFetch.Hosting;

/// <summary>
/// Shows the engine's messages and progress on PowerShell's streams. Dispose it to remove its progress bars.
/// </summary>
/// <remarks>
/// A host clears the bars to print an object and draws each again with its next report, so the open bars are reported
/// again after every object. This type is not public because PowerShell inspects all public types before it calls
/// <see cref="ModuleIsolation.OnImport"/>, when the engine's interfaces cannot be found yet.
/// </remarks>
internal sealed class CmdletObserver : IRunObserver, IDisposable
{
    // Hosts draw no faster than this, and a report costs more than the work it reports.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly PipelineWriter _pipeline;
    private readonly TimeProvider _clock;
    private readonly object _turn = new();
    private readonly List<Bar> _bars = [];

    /// <summary>Creates an observer.</summary>
    /// <param name="pipeline">The pipeline of the command that called the engine.</param>
    /// <param name="clock">Measures the pause between two progress reports.</param>
    public CmdletObserver(PipelineWriter pipeline, TimeProvider? clock = null)
    {
        (_pipeline, _clock) = (pipeline, clock ?? TimeProvider.System);
        pipeline.ObjectWritten += ShowAgain;
    }

    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        lock (_turn)
        {
            var parent = progress.Parent is { } name ? Find(name).Id : -1;
            var bar = Find(progress.Activity);
            bar.Newest = progress;
            bar.ParentId = parent;
            bar.IsOpen = progress.Total <= 0 || progress.Done < progress.Total;
            if (!bar.IsOpen || bar.ShownAt is not { } shown || _clock.GetElapsedTime(shown) >= Pause)
            {
                Show(bar);
            }
        }
    }

    /// <inheritdoc/>
    public void Verbose(string message) => _pipeline.Tell(command => command.WriteVerbose(message));

    /// <inheritdoc/>
    public void Debug(string message) => _pipeline.Tell(command => command.WriteDebug(message));

    /// <inheritdoc/>
    public void Warning(string message) => _pipeline.Tell(command => command.WriteWarning(message));

    /// <summary>Removes the progress bars of work that did not finish.</summary>
    public void Dispose()
    {
        _pipeline.ObjectWritten -= ShowAgain;
        lock (_turn)
        {
            // The bars below a bar are removed first.
            foreach (var bar in _bars.Where(bar => bar.IsOpen).Reverse())
            {
                bar.IsOpen = false;
                Show(bar);
            }
        }
    }

    private void ShowAgain()
    {
        lock (_turn)
        {
            foreach (var bar in _bars.Where(bar => bar.IsOpen))
            {
                Show(bar);
            }
        }
    }

    private void Show(Bar bar)
    {
        if (bar.Newest is not { } progress)
        {
            return;
        }

        bar.ShownAt = _clock.GetTimestamp();
        var (done, total) = (Math.Min(progress.Done, progress.Total), progress.Total);
        var record = new ProgressRecord(bar.Id, progress.Activity, TextOf(progress.Status))
        {
            ParentActivityId = bar.ParentId,
            PercentComplete = total > 0 ? (int)(100L * done / total) : -1,
            SecondsRemaining = progress.Remaining is { } remaining
                ? (int)Math.Clamp(remaining.TotalSeconds, 0, int.MaxValue)
                : -1,
            RecordType = bar.IsOpen ? ProgressRecordType.Processing : ProgressRecordType.Completed,
        };
        _pipeline.Tell(command => command.WriteProgress(record));
    }

    private Bar Find(string activity)
    {
        var bar = _bars.Find(known => known.Activity == activity);
        if (bar is null)
        {
            _bars.Add(bar = new Bar(_bars.Count, activity));
        }

        return bar;
    }

    // A progress record must not have an empty status.
    private static string TextOf(string status) => string.IsNullOrEmpty(status) ? " " : status;

    private sealed class Bar(int id, string activity)
    {
        public int Id { get; } = id;

        public string Activity { get; } = activity;

        public int ParentId { get; set; } = -1;

        public RunProgress? Newest { get; set; }

        public long? ShownAt { get; set; }

        public bool IsOpen { get; set; }
    }
}

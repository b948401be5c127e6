using System.Collections.Concurrent;
using System.Management.Automation;
using TandemFetch.Engine;

namespace TandemFetch.Hosting;

/// <summary>
/// Shows the engine's messages and progress on PowerShell's streams. Dispose it to remove its progress bars.
/// </summary>
/// <remarks>
/// This type is not public because PowerShell inspects all public types before it calls
/// <see cref="ModuleIsolation.OnImport"/>, when the engine's interfaces cannot be found yet.
/// </remarks>
/// <param name="pipeline">The pipeline of the command that called the engine.</param>
/// <param name="clock">Measures the pause between two progress reports.</param>
internal sealed class CmdletObserver(PipelineWriter pipeline, TimeProvider? clock = null) : IRunObserver, IDisposable
{
    // Hosts draw no faster than this, and a report costs more than the work it reports.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, Activity> _activities = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var parent = progress.Parent is { } name ? Find(name).Id : -1;
        var activity = Find(progress.Activity);
        var isLast = progress.Total > 0 && progress.Done >= progress.Total;
        if (!isLast && activity.ShownAt is { } shown && _clock.GetElapsedTime(shown) < Pause)
        {
            return;
        }

        activity.ShownAt = _clock.GetTimestamp();
        activity.IsOpen = !isLast;
        var record = new ProgressRecord(activity.Id, progress.Activity, TextOf(progress.Status))
        {
            ParentActivityId = parent,
            PercentComplete = progress.Total > 0 ? (int)(100L * Math.Min(progress.Done, progress.Total) / progress.Total) : -1,
            SecondsRemaining = progress.Remaining is { } remaining ? (int)Math.Clamp(remaining.TotalSeconds, 0, int.MaxValue) : -1,
            RecordType = isLast ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
        pipeline.Tell(command => command.WriteProgress(record));
    }

    /// <inheritdoc/>
    public void Verbose(string message) => pipeline.Tell(command => command.WriteVerbose(message));

    /// <inheritdoc/>
    public void Debug(string message) => pipeline.Tell(command => command.WriteDebug(message));

    /// <inheritdoc/>
    public void Warning(string message) => pipeline.Tell(command => command.WriteWarning(message));

    /// <summary>Removes the progress bars of work that did not finish.</summary>
    public void Dispose()
    {
        foreach (var (name, activity) in _activities)
        {
            if (activity.IsOpen)
            {
                activity.IsOpen = false;
                var record = new ProgressRecord(activity.Id, name, "Ended") { RecordType = ProgressRecordType.Completed };
                pipeline.Tell(command => command.WriteProgress(record));
            }
        }
    }

    private Activity Find(string name) => _activities.GetOrAdd(name, static (_, id) => new Activity(id), _activities.Count);

    // A progress record must not have an empty status.
    private static string TextOf(string status) => string.IsNullOrEmpty(status) ? " " : status;

    private sealed class Activity(int id)
    {
        public int Id { get; } = id;

        public long? ShownAt { get; set; }

        public bool IsOpen { get; set; }
    }
}

using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Keeps the database up to date until Ctrl+C: checks the server at regular intervals, and fetches, parses and derives
/// if a pump has uploaded. Between cycles the file is closed, so that other programs can read it. A cycle that fails is
/// reported as an error and the watch continues; a rejected password ends the watch.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "TandemSource", SupportsShouldProcess = true)]
[OutputType(typeof(WatchCycle))]
public sealed class WatchTandemSourceCommand : SourceCommand
{
    /// <summary>
    /// Time from the start of one cycle to the start of the next: <c>5m</c> by default, at least <c>1m</c>. The first
    /// cycle begins at once.
    /// </summary>
    [Parameter(Position = 0)]
    [DurationArgument]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Serial numbers of the pumps; all pumps of the account by default.</summary>
    [Parameter]
    [Alias("SerialNumber")]
    [ArgumentCompleter(typeof(PumpSerialCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? PumpSerial { get; set; }

    /// <summary>Number of cycles after which to stop. By default, the watch runs until Ctrl+C.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Count { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Interval < SourceWatch.ShortestInterval)
        {
            throw new TandemException(
                "WatchIntervalTooShort",
                TandemErrorKind.InvalidArgument,
                $"-Interval is {Interval}, but must be at least 1m: phones upload about once an hour.",
                Interval);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        var path = ResolveDatabasePath();
        if (!ShouldProcess(path, $"Check Tandem Source every {Interval} and fetch what is new"))
        {
            return;
        }

        // Nobody waits for a cycle, and the next one would find the same readers.
        var lockTimeout = MyInvocation.BoundParameters.ContainsKey(nameof(LockTimeout)) ? LockTimeLimit : Interval / 2;
        var session = SourceConnection.Current;
        var account = session is null ? RequestAccount() : null;
        Await(async (pipeline, cancellationToken) =>
        {
            using var observer = new CmdletObserver(pipeline);
            SourceConnection? own = null;
            IDisposable? link = session?.HeardBy(observer);
            try
            {
                var watch = new SourceWatch(path, PumpSerial ?? [], ConnectOnceAsync, lockTimeout, observer, TimeProvider.System);
                await foreach (var step in watch.RunAsync(Interval, Count, cancellationToken).ConfigureAwait(false))
                {
                    Write(pipeline, step);
                }
            }
            finally
            {
                link?.Dispose();
                if (own is not null)
                {
                    await own.DisposeAsync().ConfigureAwait(false);
                }
            }

            async Task<WatchedSource> ConnectOnceAsync(CancellationToken cancellationToken)
            {
                var connection = session
                    ?? (own = await ConnectAsync(account!, observer, cancellationToken).ConfigureAwait(false));
                link ??= connection.HeardBy(observer);
                return new WatchedSource(connection, connection.TimeZone, connection.PumpSerial);
            }
        });
    }

    private static void Write(PipelineWriter pipeline, WatchStep step)
    {
        if (step.Failure is { } failure)
        {
            pipeline.WriteFailure(failure);
        }

        var cycle = step.Cycle;
        pipeline.WriteInformation(
            (cycle.ErrorId, cycle.Fetched) switch
            {
                ({ } id, _) => $"{ViewText.ClockSecond(cycle.Started)}: the cycle failed ({id}).",
                (_, true) => $"{ViewText.ClockSecond(cycle.Started)}: "
                    + $"{Quantity.Of(cycle.NewEntries, "new entry", "new entries")}; "
                    + $"last upload {ViewText.Minute(cycle.LastUpload)}.",
                _ => $"{ViewText.ClockSecond(cycle.Started)}: nothing new; "
                    + $"last upload {ViewText.Minute(cycle.LastUpload)}.",
            },
            "TandemFetch");
        pipeline.WriteObject(cycle);
    }
}

using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>What all commands that list have in common: from when, until when, of which pump.</summary>
public abstract class TimeRangeCommand : DatabaseCommand
{
    /// <summary>
    /// The first moment that is included: how long ago (<c>7d</c>, <c>24h</c>, <c>90m</c>), <c>today</c>, <c>yesterday</c>, <c>now</c>, or a date and
    /// time. Without an offset it is meant in the pump's zone: the one that was set for the pump by hand, else that of
    /// the session, the credentials file or
    /// <c>$env:TANDEM_TIME_ZONE</c>, else the one that the database has. Of several pumps, the one with the newest
    /// entry tells.
    /// </summary>
    [Parameter]
    [TimeArgument]
    public Moment? Since { get; set; }

    /// <summary>The first moment that is no longer included, written like <c>-Since</c>.</summary>
    [Parameter]
    [TimeArgument]
    public Moment? Until { get; set; }

    /// <summary>How far back from <c>-Until</c>, or from now: <c>90m</c>, <c>24h</c>, <c>7d</c>, <c>2w</c> or a time span; instead of <c>-Since</c>. A day is 24 hours.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan? Last { get; set; }

    /// <summary>Serial numbers of the pumps; all of them unless given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SerialNumber")]
    [ArgumentCompleter(typeof(PumpSerialCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? PumpSerial { get; set; }

    /// <summary>What "now" is, for <c>-Last</c>.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Checks what needs no database.</summary>
    /// <exception cref="TandemException">
    /// <c>TimeRangeConflict</c>: both <c>-Last</c> and <c>-Since</c>. <c>TimeRangeInvalid</c>: the range ends before it begins.
    /// </exception>
    private protected void CheckTimeRange()
    {
        if (Last is not { } last)
        {
            if (Since?.IsExact != false && Until?.IsExact != false)
            {
                ResolveTimeRange(null);
            }

            return;
        }

        if (Since is not null)
        {
            throw new TandemException(
                "TimeRangeConflict",
                TandemErrorKind.InvalidArgument,
                "-Last and -Since both say where the range begins. Give one of them.",
                last);
        }

        if (last <= TimeSpan.Zero)
        {
            throw Invalid($"-Last must be longer than nothing, and is {last}.");
        }
    }

    /// <summary>
    /// The range that the parameters name; null where it is open. Times without an offset are those of the pump's zone.
    /// </summary>
    /// <param name="database">The file that knows the pump; null where there is none.</param>
    /// <exception cref="TandemException"><c>TimeRangeConflict</c>, <c>TimeRangeInvalid</c>,
    /// <c>TimeZoneUnknown</c>.</exception>
    private protected (DateTimeOffset? Since, DateTimeOffset? Until) ResolveTimeRange(TandemDatabase? database)
    {
        var zone = new Lazy<ZoneOffsets>(() => ZoneOfTimes(database));
        var (since, until) = (Resolve(Since), Resolve(Until));
        if (Last is { } last)
        {
            CheckTimeRange();
            return ((until ?? Clock.GetUtcNow()) - last, until);
        }

        return since >= until ? throw Invalid($"-Since ({since:u}) must come before -Until ({until:u}).") : (since, until);

        DateTimeOffset? Resolve(Moment? moment) => moment?.In(moment.IsExact ? ZoneOffsets.Utc : zone.Value);
    }

    /// <summary>The zone in which times without an offset are meant.</summary>
    private protected ZoneOffsets ZoneOfTimes(TandemDatabase? database) =>
        PumpTimeZone.OfTimes(database, PumpSerial ?? [], SessionState.Path.CurrentFileSystemLocation.ProviderPath);

    private static TandemException Invalid(string message) =>
        new("TimeRangeInvalid", TandemErrorKind.InvalidArgument, message);
}

using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>The base of all commands that list rows: the time range and the pumps.</summary>
public abstract class TimeRangeCommand : StoredDataCommand
{
    /// <summary>
    /// The first moment to include: how long ago (<c>7d</c>, <c>24h</c>, <c>90m</c>), <c>today</c>, <c>yesterday</c>,
    /// <c>now</c>, or a date and time. Without an offset it is in the pump's zone, as <see cref="PumpTimeZone"/>
    /// determines it.
    /// </summary>
    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(MomentCompleter))]
    public Moment? Since { get; set; }

    /// <summary>The first moment that is no longer included, written like <c>-Since</c>.</summary>
    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(MomentCompleter))]
    public Moment? Until { get; set; }

    /// <summary>
    /// How far back to start, counted from <c>-Until</c> or, without it, from now: <c>90m</c>, <c>24h</c>, <c>7d</c>,
    /// <c>2w</c> or a time span. Cannot be combined with <c>-Since</c>. A day is 24 hours.
    /// </summary>
    [Parameter]
    [DurationArgument]
    [ArgumentCompleter(typeof(LengthCompleter))]
    public TimeSpan? Last { get; set; }

    /// <summary>Serial numbers of the pumps; all pumps by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SerialNumber")]
    [ArgumentCompleter(typeof(PumpSerialCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? PumpSerial { get; set; }

    /// <summary>The current time, for <c>-Last</c>.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    private protected override IReadOnlyCollection<string> SelectedPumps => PumpSerial ?? [];

    /// <summary>Checks what can be checked without the database.</summary>
    /// <exception cref="TandemException">
    /// <c>TimeRangeConflict</c>: both <c>-Last</c> and <c>-Since</c> are specified. <c>TimeRangeInvalid</c>: the range
    /// ends before it begins.
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
                "-Last and -Since both specify where the range begins. Use only one of them.",
                last);
        }

        if (last <= TimeSpan.Zero)
        {
            throw Invalid($"-Last must be greater than zero, but is {last}.");
        }
    }

    /// <summary>
    /// The range that the parameters specify; null where it is open. Times without an offset are in the pump's zone.
    /// </summary>
    /// <param name="database">The file that contains the pump; null if there is none.</param>
    /// <exception cref="TandemException"><c>TimeRangeConflict</c>, <c>TimeRangeInvalid</c>,
    /// <c>TimeZoneUnknown</c>.</exception>
    private protected (DateTimeOffset? Since, DateTimeOffset? Until) ResolveTimeRange(TandemDatabase? database)
    {
        var zone = new Lazy<ZoneOffsets>(() => ZoneOfTimes(database));
        var (since, until) = (Resolve(Since, zone), Resolve(Until, zone));
        if (Last is { } last)
        {
            CheckTimeRange();
            return ((until ?? Clock.GetUtcNow()) - last, until);
        }

        return since >= until ? throw Invalid($"-Since ({since:u}) must be before -Until ({until:u}).") : (since, until);
    }

    /// <summary>The same range, with the pumps.</summary>
    /// <param name="database">The file that contains them.</param>
    /// <exception cref="TandemException">As <see cref="ResolveTimeRange"/>.</exception>
    private protected RecordFilter ResolveFilter(TandemDatabase database)
    {
        var (since, until) = ResolveTimeRange(database);
        return new RecordFilter { Since = since, Until = until, PumpSerials = PumpSerial ?? [] };
    }

    /// <summary>A moment; without an offset it is in the zone.</summary>
    private protected static DateTimeOffset? Resolve(Moment? moment, Lazy<ZoneOffsets> zone) =>
        moment?.In(moment.IsExact ? ZoneOffsets.Utc : zone.Value);

    /// <summary>The zone in which times without an offset are meant.</summary>
    private protected ZoneOffsets ZoneOfTimes(TandemDatabase? database) =>
        database is not null && Lake is not null
            ? PumpTimeZone.Stored(database, PumpSerial ?? [])
            : PumpTimeZone.OfTimes(database, PumpSerial ?? [], Settings, CurrentFolder);

    /// <summary>The failure for a range that cannot be.</summary>
    private protected static TandemException Invalid(string message) =>
        new("TimeRangeInvalid", TandemErrorKind.InvalidArgument, message);
}

using System.Management.Automation;
using TandemFetch.Engine;

namespace TandemFetch.Hosting;

/// <summary>What all commands that list have in common: from when, until when, of which pump.</summary>
public abstract class TimeRangeCommand : DatabaseCommand
{
    /// <summary>
    /// The first moment that is included: how long ago (<c>7d</c>, <c>24h</c>, <c>90m</c>), <c>today</c>, <c>yesterday</c>, <c>now</c>, or a date and
    /// time. Without an offset it is meant in the pump's zone as the session, the credentials file or <c>$env:TANDEM_TIME_ZONE</c> has it, else in this machine's.
    /// </summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Since { get; set; }

    /// <summary>The first moment that is no longer included, written like <c>-Since</c>.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Until { get; set; }

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

    /// <summary>The range that the parameters name; null where it is open.</summary>
    /// <exception cref="TandemException">
    /// <c>TimeRangeConflict</c>: both <c>-Last</c> and <c>-Since</c>. <c>TimeRangeInvalid</c>: the range ends before it begins.
    /// </exception>
    protected (DateTimeOffset? Since, DateTimeOffset? Until) ResolveTimeRange()
    {
        if (Last is not { } last)
        {
            return Since >= Until ? throw Invalid($"-Since ({Since:u}) must come before -Until ({Until:u}).") : (Since, Until);
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

        return ((Until ?? Clock.GetUtcNow()) - last, Until);
    }

    private static TandemException Invalid(string message) =>
        new("TimeRangeInvalid", TandemErrorKind.InvalidArgument, message);
}

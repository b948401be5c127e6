using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Pipeline;

/// <summary>The scope of a fetch of one pump: what the account shows, and what was requested.</summary>
/// <param name="First">
/// First day of the log according to the account, pump wall clock; null if the account does not specify it, or specifies
/// one after the last.
/// </param>
/// <param name="Last">
/// Last day of the log according to the account, pump wall clock; if it does not specify it, the last day on which a
/// pump can have logged what was uploaded.
/// </param>
/// <param name="Upload">
/// True time up to which the log has been uploaded; now if the account does not specify it.
/// </param>
/// <param name="Now">The time of the run.</param>
internal sealed record FetchScope(DateOnly? First, DateOnly Last, DateTimeOffset Upload, DateTimeOffset Now)
{
    private const int PlausibleYears = 2;

    /// <summary>Whether the account specifies the last upload.</summary>
    public bool IsUploadKnown { get; init; }

    /// <summary>The first requested day; null for no limit.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The last requested day; null for no limit.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whether to fetch everything again.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Whether only some days are requested.</summary>
    public bool IsRestricted => Since is not null || Until is not null;

    /// <summary>The scope for a pump of the account.</summary>
    public static FetchScope Of(SourcePump pump, DateTimeOffset now)
    {
        // The server's time is used, since this machine's clock may be wrong; an upload far in the future is a
        // placeholder.
        var known = pump.LastUpload < now.AddYears(PlausibleYears) ? pump.LastUpload : null;
        var upload = known ?? now;
        var last = DateOnly.FromDateTime(pump.LastEvent ?? upload.UtcDateTime.AddDays(1));
        var first = pump.FirstEvent is { } begin ? DateOnly.FromDateTime(begin) : (DateOnly?)null;
        first = first < DaySet.Earliest ? DaySet.Earliest : first;
        return new FetchScope(first <= last ? first : null, last, upload, now) { IsUploadKnown = known is not null };
    }
}

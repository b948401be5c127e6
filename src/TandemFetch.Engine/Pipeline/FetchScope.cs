using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Pipeline;

/// <summary>What a fetch of one pump is about: what the account shows, and what was asked for.</summary>
/// <param name="First">First day of the log by the account, pump wall clock; null where the account does not say.</param>
/// <param name="Last">Last day of the log by the account, pump wall clock.</param>
/// <param name="Upload">True time up to which the log has been uploaded; now where the account does not say.</param>
/// <param name="Now">The time of the run.</param>
internal sealed record FetchScope(DateOnly? First, DateOnly Last, DateTimeOffset Upload, DateTimeOffset Now)
{
    private const int PlausibleYears = 2;

    /// <summary>The first day asked for; null for no limit.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The last day asked for; null for no limit.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whether everything is to be fetched again.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Whether only some days are asked for.</summary>
    public bool IsRestricted => Since is not null || Until is not null;

    /// <summary>The scope that the account shows of a pump.</summary>
    public static FetchScope Of(SourcePump pump, DateTimeOffset now)
    {
        // The server's time counts, since this machine's clock may be wrong; an upload far in the future is a placeholder.
        var upload = pump.LastUpload is { } last && last < now.AddYears(PlausibleYears) ? last : now;
        return new FetchScope(
            pump.FirstEvent is { } first ? DateOnly.FromDateTime(first) : null,
            DateOnly.FromDateTime(pump.LastEvent!.Value),
            upload,
            now);
    }
}

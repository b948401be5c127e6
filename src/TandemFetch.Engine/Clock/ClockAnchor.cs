namespace TandemFetch.Engine.Clock;

/// <summary>
/// What the newest span's clock is ahead of UTC. The configured zone says what it should be; the last upload, whose true time
/// the server knows, says what it is: a pump logs every five minutes, so its newest uploaded entry is little older than the upload.
/// </summary>
/// <param name="Offset">By how much the clock is ahead of UTC.</param>
/// <param name="Resolution">How that became known.</param>
public sealed record ClockAnchor(TimeSpan Offset, SpanResolution Resolution)
{
    private static readonly TimeSpan ZoneLag = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TravelLag = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>Finds the anchor.</summary>
    /// <param name="zone">The zone configured for the pump.</param>
    /// <param name="newestEntry">Pump wall clock of the newest entry known.</param>
    /// <param name="newestUploaded">Pump wall clock of the newest entry that the account says was uploaded.</param>
    /// <param name="lastUpload">True time of that upload.</param>
    public static ClockAnchor Find(
        TimeZoneInfo zone,
        PumpTime newestEntry,
        PumpTime? newestUploaded,
        DateTimeOffset? lastUpload)
    {
        var expected = zone.GetUtcOffset(newestEntry.ToDateTime());
        if (newestUploaded is not { } uploaded || lastUpload is not { } upload)
        {
            return new ClockAnchor(expected, SpanResolution.Zone);
        }

        foreach (var offset in OffsetsInYear(zone, uploaded.ToDateTime().Year).Prepend(zone.GetUtcOffset(uploaded.ToDateTime())))
        {
            if (Fits(offset, ZoneLag))
            {
                return new ClockAnchor(offset, SpanResolution.ZoneUpload);
            }
        }

        var candidate = EarliestQuarter(uploaded.ToUtc(TimeSpan.Zero) - upload);
        if (Fits(candidate, TravelLag) && IsInUse(candidate, upload))
        {
            return new ClockAnchor(candidate, SpanResolution.TravelUpload);
        }

        return new ClockAnchor(expected, SpanResolution.Zone);

        bool Fits(TimeSpan offset, TimeSpan limit)
        {
            var lag = upload - uploaded.ToUtc(offset);
            return lag >= TimeSpan.Zero && lag <= limit;
        }
    }

    private static IEnumerable<TimeSpan> OffsetsInYear(TimeZoneInfo zone, int year) =>
        Enumerable.Range(1, 12).Select(month => zone.GetUtcOffset(new DateTime(year, month, 1))).Distinct();

    /// <summary>Every offset in use is a whole number of quarter hours, so at most one fits: the first that is not too small.</summary>
    private static TimeSpan EarliestQuarter(TimeSpan least) => Quarter * Math.Ceiling(least / Quarter);

    // Asks every zone of the machine, which takes half a second the first time: only for an offset that fits.
    private static bool IsInUse(TimeSpan offset, DateTimeOffset time) =>
        TimeZoneInfo.GetSystemTimeZones().Any(zone => zone.GetUtcOffset(time) == offset);
}

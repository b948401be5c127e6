namespace TandemFetch.Engine.Clock;

/// <summary>
/// A clock's offset from UTC at one position of the log. The configured zone shows what it should be; an upload, whose
/// true time the server knows, shows what it is: a pump logs every five minutes, so its newest uploaded entry is only
/// slightly older than the upload.
/// </summary>
/// <param name="Offset">The clock's offset from UTC.</param>
/// <param name="Resolution">How the offset was determined.</param>
public sealed record ClockAnchor(TimeSpan Offset, SpanResolution Resolution)
{
    private static readonly TimeSpan ZoneLag = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TravelLag = TimeSpan.FromMinutes(6);

    /// <summary>The anchor from the zone alone.</summary>
    /// <param name="zone">The zone configured for the pump.</param>
    /// <param name="clock">Pump wall clock.</param>
    public static ClockAnchor OfZone(ZoneOffsets zone, PumpTime clock)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new ClockAnchor(zone.FirstAt(clock.ToDateTime()).Offset, SpanResolution.Zone);
    }

    /// <summary>The anchor from an upload; null if the upload is stale, or no zone explains the clock.</summary>
    /// <param name="zone">The zone configured for the pump.</param>
    /// <param name="uploaded">Pump wall clock of the newest uploaded entry.</param>
    /// <param name="upload">True time of the upload.</param>
    /// <param name="slips">
    /// By how much the clock may have been set wrong since it was right: the sums of the previous settings.
    /// </param>
    public static ClockAnchor? OfUpload(ZoneOffsets zone, PumpTime uploaded, DateTimeOffset upload, IEnumerable<TimeSpan> slips)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(slips);
        var ofZone = zone.InYear(uploaded.ToDateTime().Year).Prepend(OfZone(zone, uploaded).Offset).ToList();
        foreach (var offset in ofZone.Where(offset => Fits(offset, ZoneLag)))
        {
            return new ClockAnchor(offset, SpanResolution.ZoneUpload);
        }

        // Every offset in use is a whole number of quarter hours, so at most one fits: the first that is not too small.
        var candidate = ClockOffset.NextQuarter(uploaded.ToUtc(TimeSpan.Zero) - upload);
        if (Fits(candidate, TravelLag) && ClockOffset.IsOfZone(candidate) && ZoneRules.InUse(upload).Contains(candidate))
        {
            return new ClockAnchor(candidate, SpanResolution.TravelUpload);
        }

        foreach (var slipped in slips.Select(slip => OfZone(zone, uploaded.Plus(-slip)).Offset + slip).Where(offset => Fits(offset, TravelLag)))
        {
            return new ClockAnchor(slipped, SpanResolution.ZoneUpload);
        }

        return null;

        bool Fits(TimeSpan offset, TimeSpan limit)
        {
            var lag = upload - uploaded.ToUtc(offset);
            return lag >= TimeSpan.Zero && lag <= limit;
        }
    }
}

namespace TandemFetch.Engine.Clock;

/// <summary>
/// What a clock is ahead of UTC at one place of the log. The configured zone says what it should be; an upload, whose
/// true time
/// the server knows, says what it is: a pump logs every five minutes, so its newest uploaded entry is little older than the upload.
/// </summary>
/// <param name="Offset">By how much the clock is ahead of UTC.</param>
/// <param name="Resolution">How that became known.</param>
public sealed record ClockAnchor(TimeSpan Offset, SpanResolution Resolution)
{
    private static readonly TimeSpan ZoneLag = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TravelLag = TimeSpan.FromMinutes(6);

    /// <summary>What the zone alone says.</summary>
    /// <param name="zone">The zone configured for the pump.</param>
    /// <param name="clock">Pump wall clock.</param>
    public static ClockAnchor OfZone(ZoneOffsets zone, PumpTime clock)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new ClockAnchor(zone.FirstAt(clock.ToDateTime()).Offset, SpanResolution.Zone);
    }

    /// <summary>What an upload says; null where it is stale, or of a clock that no zone explains.</summary>
    /// <param name="zone">The zone configured for the pump.</param>
    /// <param name="uploaded">Pump wall clock of the newest uploaded entry.</param>
    /// <param name="upload">True time of the upload.</param>
    /// <param name="slips">By how much the clock may have been set wrong since it was right: the settings before, added
    /// up.</param>
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

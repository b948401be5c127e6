using System.Globalization;
using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Tests.Clock;

public sealed class ClockAnchorTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData("2025-07-01T12:00:00", "2025-07-01T16:07:00Z", -240, SpanResolution.ZoneUpload)] // on the zone's time
    [InlineData("2025-11-20T13:00:00", "2025-11-20T17:04:00Z", -240, SpanResolution.ZoneUpload)] // never set back after the summer
    [InlineData("2025-07-01T11:00:00", "2025-07-01T16:04:00Z", -300, SpanResolution.ZoneUpload)] // never set forward
    [InlineData("2025-07-01T18:00:00", "2025-07-01T16:03:00Z", 120, SpanResolution.TravelUpload)] // in Paris
    [InlineData("2025-07-01T21:30:00", "2025-07-01T16:01:00Z", 330, SpanResolution.TravelUpload)] // in Kolkata
    [InlineData("2025-07-01T12:00:00", "2025-07-01T23:22:00Z", -240, SpanResolution.Zone)] // a stale upload fits nothing
    [InlineData("2025-07-01T18:00:00", "2025-07-01T16:10:00Z", -240, SpanResolution.Zone)] // travel is believed below 6 minutes only
    [InlineData("2025-07-01T12:00:00", null, -240, SpanResolution.Zone)]
    public void The_last_upload_tells_what_the_clock_is_ahead(string newest, string? upload, int minutes, SpanResolution resolution)
    {
        var clock = PumpTime.From(DateTime.Parse(newest, CultureInfo.InvariantCulture));

        var anchor = ClockAnchor.Find(NewYork, clock, clock, upload is null ? null : DateTimeOffset.Parse(upload, CultureInfo.InvariantCulture));

        Assert.Equal(new ClockAnchor(TimeSpan.FromMinutes((double)minutes), resolution), anchor);
    }
}

using System.Globalization;
using TandemFetch.Engine.Clock;

namespace TandemFetch.Engine.Tests.Clock;

public sealed class ClockAnchorTests
{
    private static readonly ZoneOffsets NewYork = ZoneRules.Find("America/New_York");

    [Theory]
    [InlineData("2025-07-01T12:00:00", "2025-07-01T16:07:00Z", -240, SpanResolution.ZoneUpload)] // on the zone's time
    [InlineData("2025-11-20T13:00:00", "2025-11-20T17:04:00Z", -240, SpanResolution.ZoneUpload)] // never set back after the summer
    [InlineData("2025-07-01T11:00:00", "2025-07-01T16:04:00Z", -300, SpanResolution.ZoneUpload)] // never set forward
    [InlineData("2025-07-01T18:00:00", "2025-07-01T16:03:00Z", 120, SpanResolution.TravelUpload)] // in Paris
    [InlineData("2025-07-01T21:30:00", "2025-07-01T16:01:00Z", 330, SpanResolution.TravelUpload)] // in Kolkata
    public void An_upload_tells_what_the_clock_is_ahead(string newest, string upload, int minutes, SpanResolution resolution) =>
        Assert.Equal(new ClockAnchor(TimeSpan.FromMinutes((double)minutes), resolution), OfUpload(newest, upload));

    [Theory]
    [InlineData("2025-07-01T12:00:00", "2025-07-01T23:22:00Z")] // a stale upload fits nothing
    [InlineData("2025-07-01T18:00:00", "2025-07-01T16:10:00Z")] // travel is believed below 6 minutes only
    public void An_upload_that_fits_no_offset_tells_nothing(string newest, string upload) => Assert.Null(OfUpload(newest, upload));

    [Fact]
    public void An_upload_of_a_clock_whose_date_is_wrong_just_now_agrees_with_the_zone_but_for_the_slip()
    {
        var slip = TimeSpan.FromDays(-365);

        var anchor = OfUpload("2024-07-01T12:00:00", "2025-07-01T16:04:00Z", slip);

        Assert.Equal(new ClockAnchor(TimeSpan.FromHours(-4) + slip, SpanResolution.ZoneUpload), anchor);
    }

    [Theory]
    [InlineData("2025-07-01T12:00:00", -240)]
    [InlineData("2025-12-01T12:00:00", -300)]
    public void Without_an_upload_the_zone_tells(string newest, int minutes) =>
        Assert.Equal(new ClockAnchor(TimeSpan.FromMinutes((double)minutes), SpanResolution.Zone), ClockAnchor.OfZone(NewYork, At(newest)));

    private static ClockAnchor? OfUpload(string newest, string upload, params TimeSpan[] slips) =>
        ClockAnchor.OfUpload(NewYork, At(newest), DateTimeOffset.Parse(upload, CultureInfo.InvariantCulture), slips);

    private static PumpTime At(string clock) => PumpTime.From(DateTime.Parse(clock, CultureInfo.InvariantCulture));
}

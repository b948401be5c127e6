using TandemFetch.Engine.Analytics.Episodes;
using TandemFetch.Engine.Reading;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Analytics;

/// <summary>Episodes of low and high glucose.</summary>
public sealed class EpisodeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<bool, double> Series => new() { { false, 87.25 }, { true, 89.25 } };

    [Theory]
    [MemberData(nameof(Series))]
    public async Task The_synthetic_series_have_the_episodes_of_the_reference(
        bool everyFifteenMinutes, double lowMinutes)
    {
        using var file = await MeasuredFile.OfAsync(everyFifteenMinutes ? SyntheticSeries.Syn15 : SyntheticSeries.Syn5);

        var episodes = Find(file);

        Assert.Equal(
            [20, 9, 7, 22, 7],
            new[]
            {
                EpisodeKind.HypoLevel1, EpisodeKind.HypoLevel2, EpisodeKind.HypoExtended,
                EpisodeKind.HyperLevel1, EpisodeKind.HyperLevel2,
            }.Select(kind => episodes.Count(episode => episode.Kind == kind)));
        Assert.Equal(
            (11, 16),
            (episodes.Count(episode => episode is { Kind: EpisodeKind.HypoLevel1, IsLevel1Only: true }),
                episodes.Count(episode => episode is { Kind: EpisodeKind.HyperLevel1, IsLevel1Only: true })));
        Assert.Equal(
            lowMinutes,
            episodes.Where(episode => episode.Kind == EpisodeKind.HypoLevel1)
                .Average(episode => episode.DurationValue.TotalMinutes),
            1e-9);
    }

    [Fact]
    public async Task An_episode_begins_with_15_minutes_beyond_and_ends_before_15_minutes_back()
    {
        using var file = await MeasuredFile.OfAsync(
            Trace(5, 100, 100, 69, 69, 100, 69, 60, 69, 70, 70, 69, 69, 69, 100, 100, 100, 69, 69));

        var episode = Assert.Single(Find(file));

        Assert.Equal(EpisodeKind.HypoLevel1, episode.Kind);
        Assert.Equal(Noon.AddMinutes(25), episode.Started);
        Assert.Equal(Noon.AddMinutes(65), episode.Ended);
        Assert.Equal(TimeSpan.FromMinutes(40.0), episode.DurationValue);
        Assert.Equal((60.0, Noon.AddMinutes(30)), (episode.Extreme, episode.ExtremeAt));
        Assert.Equal((69 + 60 + 69 + 70 + 70 + 69 + 69 + 69) / 8.0, episode.Mean, 1e-9);
        Assert.False(episode.IsCutOff);
        Assert.True(episode.IsLevel1Only);
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(5, 3)]
    [InlineData(15, 1)]
    public async Task Every_sensor_needs_as_many_readings_as_15_minutes_have(int minutes, int readings)
    {
        using var enough = await MeasuredFile.OfAsync(Trace(minutes, Low(readings)));
        using var tooFew = await MeasuredFile.OfAsync(Trace(minutes, Low(readings - 1)));

        Assert.Equal(TimeSpan.FromMinutes(15.0), Assert.Single(Find(enough)).DurationValue);
        Assert.Empty(Find(tooFew));

        static int[] Low(int count) =>
            [.. Enumerable.Repeat(100, 120), .. Enumerable.Repeat(60, count), .. Enumerable.Repeat(100, 120)];
    }

    [Fact]
    public async Task Extended_is_more_than_120_minutes_low()
    {
        using var exactly = await MeasuredFile.OfAsync(Trace(5, Low(24)));
        using var more = await MeasuredFile.OfAsync(Trace(5, Low(25)));

        Assert.Equal([EpisodeKind.HypoLevel1], Find(exactly).Select(episode => episode.Kind));
        Assert.Equal([EpisodeKind.HypoLevel1, EpisodeKind.HypoExtended], Find(more).Select(episode => episode.Kind));

        static int[] Low(int count) => [100, 100, .. Enumerable.Repeat(60, count), 100, 100, 100];
    }

    [Fact]
    public async Task Extended_high_is_90_minutes_above_250_within_120_and_ends_below_180()
    {
        // 9 and 9 readings above 250 with half an hour between, then an hour above 180.
        int[] high =
        [
            .. Enumerable.Repeat(260, 9), .. Enumerable.Repeat(240, 6), .. Enumerable.Repeat(260, 9),
            .. Enumerable.Repeat(200, 12),
        ];
        using var file = await MeasuredFile.OfAsync(Trace(5, [150, .. high, 150, 150, 150]));
        using var less = await MeasuredFile.OfAsync(Trace(5, [150, .. high[1..], 150, 150, 150]));

        var extended = Assert.Single(Find(file), episode => episode.Kind == EpisodeKind.HyperExtended);

        Assert.Equal((Noon.AddMinutes(5), TimeSpan.FromMinutes(180.0)), (extended.Started, extended.DurationValue));
        Assert.Equal(
            [EpisodeKind.HyperLevel1, EpisodeKind.HyperLevel2, EpisodeKind.HyperLevel2],
            Find(less).Select(episode => episode.Kind));
        Assert.False(Find(less)[0].IsLevel1Only);
    }

    [Fact]
    public async Task An_episode_that_a_gap_cuts_off_counts_and_says_so()
    {
        using var file = await MeasuredFile.OfAsync(
            [
                .. Trace(5, 100, 60, 60, 60, 60),
                .. Trace(5, 60, 60, 60, 60).Select(reading => (reading.Time.AddHours(2), reading.Glucose))]);

        var episodes = Find(file);

        Assert.Equal(2, episodes.Count);
        Assert.All(episodes, episode => Assert.True(episode.IsCutOff));
    }

    [Fact]
    public async Task The_ends_of_the_period_cut_nothing()
    {
        using var file = await MeasuredFile.OfAsync(Trace(5, 100, 60, 60, 60, 60, 60, 60, 100, 100, 100));

        var whole = Find(file);
        var begun = Find(file, new RecordFilter { Since = Noon, Until = Noon.AddMinutes(10) });
        var running = Find(file, new RecordFilter { Since = Noon.AddMinutes(10) });

        Assert.Equal(whole, begun);
        Assert.Empty(running);
    }

    [Fact]
    public async Task Insulin_and_carbs_around_an_episode_are_added_up()
    {
        using var file = await MeasuredFile.OfAsync(Trace(5, [100, 60, 60, 60, 100, .. Enumerable.Repeat(100, 20)]));
        Bolus(Noon.AddHours(-4), "9.000", 90);
        Bolus(Noon.AddHours(-2), "4.500", 50);
        Bolus(Noon.AddMinutes(5), "0.500", 15);
        Bolus(Noon.AddMinutes(19), "0.250", 5);
        Bolus(Noon.AddMinutes(70), "1.000", 20);
        Bolus(Noon.AddMinutes(81), "9.000", 90);

        var episode = Assert.Single(Find(file));

        Assert.Equal(
            (4.500m, 0.750m, 1.000m), (episode.BolusBefore, episode.BolusDuring, episode.BolusAfter));
        Assert.Equal((50, 20, 20), (episode.CarbsBefore, episode.CarbsDuring, episode.CarbsAfter));

        void Bolus(DateTimeOffset time, string units, int carbs) =>
            file.AddBolus(time, $"{units} AS delivered, {carbs} AS carbs");
    }

    [Fact]
    public async Task A_file_without_boluses_says_nothing_of_insulin()
    {
        using var file = await MeasuredFile.OfAsync(Trace(5, 100, 60, 60, 60, 100, 100, 100));

        var episode = Assert.Single(Find(file));

        Assert.True(episode is { BolusBefore: null, BolusDuring: null, BolusAfter: null, CarbsBefore: null });
    }

    [Fact]
    public async Task Without_readings_there_are_no_episodes()
    {
        using var file = await MeasuredFile.CreateAsync();

        Assert.Empty(Find(file));
        Assert.Empty(Find(file, new RecordFilter { Since = DateTimeOffset.MaxValue }));
    }

    private static IReadOnlyList<GlucoseEpisode> Find(MeasuredFile file, RecordFilter? filter = null) =>
        GlucoseEpisodes.Find(file.Database, filter ?? new RecordFilter(), Cancellation);

    private static IEnumerable<(DateTimeOffset Time, int Glucose)> Trace(int minutes, params int[] values) =>
        values.Select((glucose, i) => (Noon.AddMinutes(minutes * i), glucose));
}

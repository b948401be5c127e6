namespace TandemFetch.Engine.Clock;

/// <summary>
/// Determines a clock's offset from UTC throughout its log. The newest run is anchored by the last upload or the zone;
/// going back over a setting, the offset differs by the size of the setting, whether an hour or a year. How far a clock
/// jumped when its battery was empty is not in the log, so each run before a jump is anchored separately.
/// </summary>
internal sealed class ClockResolver(ClockHistory history, ZoneOffsets zone)
{
    // The offsets of two zones differ by less.
    private static readonly TimeSpan ZoneWidth = TimeSpan.FromHours(26);

    private readonly IReadOnlyList<ClockRun> _runs = ClockRun.Of(history);

    /// <summary>The spans, oldest first.</summary>
    public IEnumerable<ClockSpan> Spans()
    {
        var anchors = Anchors();
        var stretches = _runs.SelectMany((run, index) => run.Stretches.Select((stretch, place) => (stretch, place, anchor: anchors[index]))).ToList();
        for (var index = 0; index < stretches.Count; index++)
        {
            var (stretch, place, anchor) = stretches[index];
            var next = index + 1 < stretches.Count ? stretches[index + 1].stretch.FirstPosition : (long?)null;
            if (next == stretch.FirstPosition)
            {
                // A jump right before a setting, or a setting that begins the log: this stretch of the clock has no
                // entries.
                continue;
            }

            yield return Span(
                stretch,
                next - 1 ?? long.MaxValue,
                anchor.Offsets?[place],
                place == anchor.Base ? anchor.Resolution : SpanResolution.Change,
                isFirst: index == 0);
        }
    }

    private static ClockSpan Span(ClockStretch stretch, long last, TimeSpan? ahead, SpanResolution resolution, bool isFirst)
    {
        // A clock that was never set: its time has no relation to true time.
        if (ahead is not { } known || (isFirst && !ClockOffset.IsOfZone(known)))
        {
            return new ClockSpan(stretch.FirstPosition, last, isFirst ? null : stretch.Begins, null, TimeSpan.Zero, SpanResolution.Unknown);
        }

        var ofZone = ClockOffset.NearestZone(known);
        return new ClockSpan(stretch.FirstPosition, last, isFirst ? null : stretch.Begins, ofZone, known - ofZone, resolution);
    }

    /// <summary>The anchor of each run, determined from the newest to the oldest.</summary>
    private Anchor[] Anchors()
    {
        var anchors = new Anchor[_runs.Count];
        var (later, laterBegins) = ((TimeSpan?)null, (DateTimeOffset?)null);
        for (var index = _runs.Count - 1; index >= 0; index--)
        {
            var run = _runs[index];
            anchors[index] = index == _runs.Count - 1
                ? AnchorNewest(run)
                : AnchorByUpload(run, _runs[index + 1].Stretches[0].FirstPosition)
                    ?? AnchorAtJump(run, _runs[index + 1].Jump!, laterBegins)
                    ?? AnchorAfterJump(run, later, laterBegins);
            var offsets = anchors[index].Offsets;
            later = offsets?.Where((offset, place) => !run.Stretches[place].IsHalfSet && ClockOffset.IsOfZone(offset))
                .Select(offset => (TimeSpan?)ClockOffset.NearestZone(offset)).FirstOrDefault() ?? later;
            laterBegins = offsets is null ? null : run.Jump?.After.ToUtc(offsets[0]);
        }

        return anchors;
    }

    private Anchor AnchorNewest(ClockRun run)
    {
        var newest = run.Stretches.Count - 1;
        var uploaded = history.LastUpload;
        if (run.IsNotSetAgain)
        {
            // According to the zone, it would be the year in which the clock started. An upload of this clock is only
            // slightly later than its newest entry.
            return uploaded is { } reset && reset.PumpTime.CompareTo(run.Jump!.Before.Plus(-ZoneWidth)) < 0
                ? Anchor.Of(run, newest, reset.PumpTime - PumpTime.From(reset.Uploaded.UtcDateTime), SpanResolution.Upload)
                : new Anchor(newest, null, SpanResolution.Unknown);
        }

        var slips = run.Stretches.Take(newest).Where(stretch => !stretch.IsHalfSet).Select(stretch => -stretch.Slip);
        var anchor = uploaded is { } upload ? ClockAnchor.OfUpload(zone, upload.PumpTime, upload.Uploaded, slips) : null;
        anchor ??= ClockAnchor.OfZone(zone, history.Newest);
        return Anchor.Of(run, newest, anchor.Offset, anchor.Resolution);
    }

    /// <summary>From the newest of the earlier uploads that shows the offset.</summary>
    private Anchor? AnchorByUpload(ClockRun run, long end)
    {
        foreach (var upload in history.Uploads.Where(upload => upload.Position >= run.Stretches[0].FirstPosition && upload.Position < end).Reverse())
        {
            if (ClockAnchor.OfUpload(zone, upload.PumpTime, upload.Uploaded, []) is { } anchor)
            {
                var place = run.Stretches.Count(stretch => stretch.FirstPosition <= upload.Position) - 1;
                return Anchor.Of(run, place, anchor.Offset, SpanResolution.EarlierUpload);
            }
        }

        return null;
    }

    /// <summary>A clock that recovered by itself: only the log position shows when it ran.</summary>
    private static Anchor? AnchorAtJump(ClockRun run, ClockStep jump, DateTimeOffset? laterBegins) =>
        jump.Size > TimeSpan.Zero && laterBegins is { } begins
            ? Anchor.Of(run, run.Stretches.Count - 1, jump.Before - PumpTime.From(begins.UtcDateTime), SpanResolution.AtJump)
            : null;

    /// <summary>
    /// From the first offset after the jump that a zone could have, otherwise from the zone. If some stretches were set
    /// wrong, the offset belongs to the stretch that ends the run before the jump and with which the clock was right
    /// for longest; of equal ones, to the last.
    /// </summary>
    private Anchor AnchorAfterJump(ClockRun run, TimeSpan? later, DateTimeOffset? laterBegins)
    {
        return Enumerable.Range(0, run.Stretches.Count)
            .Where(place => !run.Stretches[place].IsHalfSet)
            .Select(place => Anchor.Of(
                run,
                place,
                later ?? ClockAnchor.OfZone(zone, run.Stretches[place].Ends).Offset,
                later is null ? SpanResolution.Zone : SpanResolution.AfterJump))
            .OrderByDescending(candidate => EndsBeforeJump(candidate.Offsets![^1]))
            .ThenByDescending(candidate => RightFor(candidate.Offsets!))
            .ThenByDescending(candidate => candidate.Base)
            .First();

        bool EndsBeforeJump(TimeSpan offset) =>
            laterBegins is not { } begins
            || run.Stretches[^1].Ends.Plus(-offset - ZoneWidth).CompareTo(PumpTime.From(begins.UtcDateTime)) <= 0;

        TimeSpan RightFor(TimeSpan[] offsets) => run.Stretches
            .Where((stretch, place) => !stretch.IsHalfSet && ClockOffset.IsOfZone(offsets[place]))
            .Aggregate(TimeSpan.Zero, (sum, stretch) => sum + stretch.Duration);
    }

    /// <summary>The offsets of the stretches of a run; null where unknown.</summary>
    /// <param name="Base">The stretch from which they were calculated.</param>
    /// <param name="Offsets">The offset from UTC of each stretch.</param>
    /// <param name="Resolution">How the offset of the base was determined.</param>
    private sealed record Anchor(int Base, TimeSpan[]? Offsets, SpanResolution Resolution)
    {
        public static Anchor Of(ClockRun run, int place, TimeSpan offset, SpanResolution resolution) =>
            new(place, run.Offsets(place, offset), resolution);
    }
}

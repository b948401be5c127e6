using System.Globalization;
using TandemFetch.Engine.Clock;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>What a chart at the prompt shows, and how.</summary>
public sealed record PromptChartContent
{
    /// <summary>The left edge.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The right edge, which is no longer included.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Readings between both, oldest first.</summary>
    public IReadOnlyList<CgmReading> Readings { get; init; } = [];

    /// <summary>Boluses between both, oldest first.</summary>
    public IReadOnlyList<Bolus> Boluses { get; init; } = [];

    /// <summary>The zone of the times.</summary>
    public ZoneOffsets Zone { get; init; } = ZoneOffsets.Utc;

    /// <summary>The unit of glucose.</summary>
    public GlucoseUnit Unit { get; init; }

    /// <summary>The target range.</summary>
    public GlucoseRanges Ranges { get; init; } = GlucoseRanges.Standard;

    /// <summary>Characters in a line, at least <see cref="PromptChart.LeastWidth"/>.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Lines of the curve, at least <see cref="PromptChart.LeastHeight"/>.</summary>
    public int Height { get; init; } = 12;

    /// <summary>Whether lines contain the escape sequences of colors.</summary>
    public bool IsColored { get; init; }

    /// <summary>How dates and numbers are written.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;
}

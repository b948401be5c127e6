namespace TandemFetch.Records;

/// <summary>
/// The ranges of glucose that times are measured in, mg/dL, and the goals for them, percent of the time.
/// </summary>
public sealed record GlucoseRanges
{
    /// <summary>Type 1 and type 2 diabetes.</summary>
    public static GlucoseRanges Standard { get; } = new()
    {
        Name = nameof(GlucosePreset.Standard),
        VeryLowBelow = 54,
        VeryHighAbove = 250,
        VeryLowGoal = 1,
        LowGoal = 4,
        InRangeGoal = 70,
        HighGoal = 25,
        VeryHighGoal = 5,
    };

    /// <summary>Older people and people at high risk.</summary>
    public static GlucoseRanges OlderHighRisk { get; } = Standard with
    {
        Name = nameof(GlucosePreset.OlderHighRisk),
        VeryLowGoal = null,
        LowGoal = 1,
        InRangeGoal = 50,
        HighGoal = 50,
        VeryHighGoal = 10,
    };

    /// <summary>Pregnancy with type 1 diabetes; it has no range above the high one.</summary>
    public static GlucoseRanges Pregnancy { get; } = Standard with
    {
        Name = nameof(GlucosePreset.Pregnancy),
        LowBelow = 63,
        HighAbove = 140,
        VeryHighAbove = null,
        VeryHighGoal = null,
    };

    /// <summary><c>Standard</c>, <c>OlderHighRisk</c>, <c>Pregnancy</c>, or <c>Custom</c>.</summary>
    public string Name { get; init; } = "Custom";

    /// <summary>Very low is below this; null for no such range.</summary>
    public int? VeryLowBelow { get; init; }

    /// <summary>Low is below this, and not very low. The first value of the target range.</summary>
    public int LowBelow { get; init; } = 70;

    /// <summary>High is above this. The last value of the target range.</summary>
    public int HighAbove { get; init; } = 180;

    /// <summary>Very high is above this; null for no such range.</summary>
    public int? VeryHighAbove { get; init; }

    /// <summary>Very low is to be less than this; null for no goal.</summary>
    public double? VeryLowGoal { get; init; }

    /// <summary>Low and very low together are to be less than this; null for no goal.</summary>
    public double? LowGoal { get; init; }

    /// <summary>The target range is to be more than this; null for no goal.</summary>
    public double? InRangeGoal { get; init; }

    /// <summary>High and very high together are to be less than this; null for no goal.</summary>
    public double? HighGoal { get; init; }

    /// <summary>Very high is to be less than this; null for no goal.</summary>
    public double? VeryHighGoal { get; init; }

    /// <summary>The ranges and goals of a preset.</summary>
    /// <param name="preset">The preset.</param>
    public static GlucoseRanges Of(GlucosePreset preset) => preset switch
    {
        GlucosePreset.OlderHighRisk => OlderHighRisk,
        GlucosePreset.Pregnancy => Pregnancy,
        _ => Standard,
    };

    /// <summary>
    /// Ranges of one's own, without goals: the ends of the target range, with 54 and 250 beside them where these lie
    /// outside of it, or all four borders.
    /// </summary>
    /// <param name="borders">Two or four values in mg/dL, each greater than the one before.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static GlucoseRanges Between(IReadOnlyList<int> borders)
    {
        if (borders is null || borders.Count is not (2 or 4)
            || borders.Zip(borders.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException("Two or four rising values are needed.", nameof(borders));
        }

        return borders.Count == 4
            ? new GlucoseRanges
            {
                VeryLowBelow = borders[0],
                LowBelow = borders[1],
                HighAbove = borders[2],
                VeryHighAbove = borders[3],
            }
            : new GlucoseRanges
            {
                VeryLowBelow = borders[0] > 54 ? 54 : null,
                LowBelow = borders[0],
                HighAbove = borders[1],
                VeryHighAbove = borders[1] < 250 ? 250 : null,
            };
    }

    /// <summary>The name and the target range.</summary>
    public override string ToString() => $"{Name} {LowBelow}-{HighAbove} mg/dL";
}

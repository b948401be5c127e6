namespace TandemFetch.Records;

/// <summary>Whose ranges and goals of glucose are used: those of the consensus on time in range of 2019.</summary>
public enum GlucosePreset
{
    /// <summary>Type 1 and type 2 diabetes: 70 to 180 mg/dL, more than 70 % of the time.</summary>
    Standard,

    /// <summary>Older people and people at high risk: the same ranges with goals of their own.</summary>
    OlderHighRisk,

    /// <summary>Pregnancy with type 1 diabetes: 63 to 140 mg/dL, more than 70 % of the time.</summary>
    Pregnancy,
}

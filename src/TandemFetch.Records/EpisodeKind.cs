namespace TandemFetch.Records;

/// <summary>Kinds of glucose episodes, by the consensus on trials with CGM of 2023.</summary>
public enum EpisodeKind
{
    /// <summary>Hypoglycemia level 1: below 70 mg/dL for at least 15 minutes.</summary>
    HypoLevel1,

    /// <summary>Hypoglycemia level 2: below 54 mg/dL for at least 15 minutes.</summary>
    HypoLevel2,

    /// <summary>Extended hypoglycemia: below 70 mg/dL for more than 120 minutes.</summary>
    HypoExtended,

    /// <summary>Hyperglycemia level 1: above 180 mg/dL for at least 15 minutes.</summary>
    HyperLevel1,

    /// <summary>Hyperglycemia level 2: above 250 mg/dL for at least 15 minutes.</summary>
    HyperLevel2,

    /// <summary>Extended hyperglycemia: above 250 mg/dL for at least 90 minutes within 120 minutes.</summary>
    HyperExtended,
}

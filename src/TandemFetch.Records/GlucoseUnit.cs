namespace TandemFetch.Records;

/// <summary>The unit in which glucose is shown. Everything is computed in mg/dL.</summary>
public enum GlucoseUnit
{
    /// <summary>Milligrams per decilitre.</summary>
    MgDl,

    /// <summary>Millimoles per litre: mg/dL divided by 18.01559.</summary>
    MmolL,
}

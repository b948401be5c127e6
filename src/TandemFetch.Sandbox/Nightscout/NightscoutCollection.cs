namespace TandemFetch.Sandbox.Nightscout;

/// <summary>A collection of documents.</summary>
public enum NightscoutCollection
{
    /// <summary>Glucose readings.</summary>
    Entries,

    /// <summary>Boluses, basal rates and everything else that was done.</summary>
    Treatments,

    /// <summary>What devices reported about themselves.</summary>
    DeviceStatus,

    /// <summary>Therapy profiles.</summary>
    Profile,
}

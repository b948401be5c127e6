namespace TandemFetch.Sandbox.Pump;

/// <summary>What adjusts insulin by itself.</summary>
public enum ControlAlgorithm
{
    /// <summary>Adjusts basal rates and gives correction boluses.</summary>
    ControlIQ,

    /// <summary>Only suspends before lows; G6 alone.</summary>
    BasalIQ,

    /// <summary>
    /// The algorithm of new firmware: gives a dose every five minutes (codes 558 and 559) and sets no rates (279, 3).
    /// No log of such a pump has been published; what this one writes follows the published layouts.
    /// </summary>
    SyncDose,
}

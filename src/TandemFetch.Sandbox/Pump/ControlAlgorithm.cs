namespace TandemFetch.Sandbox.Pump;

/// <summary>What adjusts insulin by itself.</summary>
public enum ControlAlgorithm
{
    /// <summary>Adjusts basal rates and gives correction boluses.</summary>
    ControlIQ,

    /// <summary>Only suspends before lows; G6 alone.</summary>
    BasalIQ,
}

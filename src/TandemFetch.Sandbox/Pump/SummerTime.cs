namespace TandemFetch.Sandbox.Pump;

/// <summary>When the owner sets the pump's clock for daylight saving.</summary>
public enum SummerTime
{
    /// <summary>Within hours of the change.</summary>
    OnTheDay,

    /// <summary>One to twenty-five days late.</summary>
    Late,

    /// <summary>Up to three days before the change.</summary>
    Early,

    /// <summary>The pump stays on standard time.</summary>
    Never,

    /// <summary>Another way at each change.</summary>
    Mixed,
}

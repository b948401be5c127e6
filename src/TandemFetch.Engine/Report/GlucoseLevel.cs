namespace TandemFetch.Engine.Report;

/// <summary>Where glucose lies, by severity.</summary>
internal enum GlucoseLevel
{
    /// <summary>In the target range.</summary>
    InRange,

    /// <summary>Above it.</summary>
    High,

    /// <summary>Below it.</summary>
    Low,
}

namespace TandemFetch.Engine.Tests.Support;

/// <summary>
/// Which long form of the tests is requested: <c>TANDEM_TESTS=long</c>, <c>nightly</c> or <c>soak</c>.
/// </summary>
internal static class LongRun
{
    /// <summary>A hundred thousand mutations instead of five thousand: <c>TANDEM_TESTS=nightly</c>.</summary>
    public static bool IsNightly => Environment.GetEnvironmentVariable("TANDEM_TESTS") == "nightly";

    /// <summary>Load over hours rather than minutes: <c>TANDEM_TESTS=soak</c>.</summary>
    public static bool IsSoak => Environment.GetEnvironmentVariable("TANDEM_TESTS") == "soak";

    public static bool IsAsked => Environment.GetEnvironmentVariable("TANDEM_TESTS") == "long";
}

namespace TandemFetch.Engine.Tests.Support;

/// <summary>Whether the long form of tests is asked for: <c>TANDEM_TESTS=long</c>.</summary>
internal static class LongRun
{
    public static bool IsAsked => Environment.GetEnvironmentVariable("TANDEM_TESTS") == "long";
}

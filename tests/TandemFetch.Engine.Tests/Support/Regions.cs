using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>The regions of Tandem Source by their names.</summary>
internal static class Regions
{
    public static TandemRegion US => Of("US");

    public static TandemRegion EU => Of("EU");

    public static TandemRegion Of(string name) => TandemRegion.Parse(name, "the test");
}

using NetArchTest.Rules;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tests;

/// <summary>What the engine is made of, and which part may use which.</summary>
public sealed class ArchitectureTests
{
    private const string Engine = "TandemFetch.Engine";

    // From the bottom up.
    private static readonly string[] Layers =
    [
        "Storage", "Schema", "Clock", "Catalog", "Reading", "Queries", "Source", "Settings", "Tables", "Pipeline",
        "Integrity", "Analytics", "Report", "OwnTables", "Export", "Import", "Lake", "Nightscout", "Assistant",
    ];

    public static TheoryData<string> AllButTheTop => [.. Layers.SkipLast(1)];

    [Theory]
    [MemberData(nameof(AllButTheTop))]
    public void A_part_uses_those_below_it_and_none_above(string layer)
    {
        var above = Layers.SkipWhile(other => other != layer).Skip(1).Select(other => $"{Engine}.{other}").ToArray();

        var result = Types.InAssembly(typeof(TandemDatabase).Assembly)
            .That().ResideInNamespace($"{Engine}.{layer}")
            .ShouldNot().HaveDependencyOnAny(above)
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void Every_part_has_its_place()
    {
        var parts = typeof(TandemDatabase).Assembly.GetTypes().Select(type => type.Namespace)
            .Where(name => name?.StartsWith($"{Engine}.", StringComparison.Ordinal) == true)
            .Select(name => name!.Split('.')[2]).Distinct();

        Assert.Equal(Layers.Order(), parts.Order());
    }
}

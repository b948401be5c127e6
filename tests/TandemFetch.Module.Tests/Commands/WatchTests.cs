using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>
/// The watch as a user runs it; its timing is tested in the engine, with a clock that is set by hand.
/// </summary>
public sealed class WatchTests
{
    [Fact]
    public async Task The_first_cycle_fetches_at_once_and_a_second_watch_finds_nothing_new()
    {
        await using var module = await SandboxedModule.StartAsync();

        var first = Assert.Single(module.Run($"{module.Connect}; Watch-TandemSource -Count 1").Succeeded().OutputOf<WatchCycle>());
        var second = Assert.Single(module.Run("Watch-TandemSource -Count 1").Succeeded().OutputOf<WatchCycle>());

        Assert.True(first.Fetched);
        Assert.True(first.NewEntries > 0);
        Assert.Null(first.NextCycle);
        Assert.False(second.Fetched);
        Assert.Equal(first.LastUpload, second.LastUpload);
    }

    [Theory]
    [InlineData("00:30:00 -Count 1", null)]
    [InlineData("0.5m -Count 1", "TandemFetch.WatchIntervalTooShort")]
    [InlineData("5", "ParameterArgumentTransformationError")]
    public async Task The_interval_is_at_least_a_minute(string interval, string? errorId)
    {
        await using var module = await SandboxedModule.FilledAsync();

        var run = module.Run($"Watch-TandemSource -Interval {interval}");

        Assert.Equal(errorId is null ? [] : [errorId], run.ErrorIds);
    }

    [Fact]
    public async Task WhatIf_asks_nobody()
    {
        await using var module = await SandboxedModule.StartAsync();

        Assert.Empty(module.Run($"{module.Connect}; Watch-TandemSource -WhatIf").Succeeded().Output);
        Assert.False(File.Exists(module.Database));
    }
}

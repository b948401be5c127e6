using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Support;

/// <summary>Sixteen days of a pump in a file that no test changes, for the tests of one collection.</summary>
public sealed class MeasuredPump : IAsyncLifetime
{
    /// <summary>The collection whose tests share it.</summary>
    public const string Tests = "Tests of one measured pump";

    /// <summary>Leaves the newest reading.</summary>
    public const string AllButOneReading =
        "DELETE FROM cgm_readings WHERE id <> (SELECT arg_max(id, timestamp) FROM cgm_readings)";

    internal SandboxedModule Module { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Module = await SandboxedModule.FilledAsync(
            new SandboxOptions { Days = 16, EndDate = new DateOnly(2026, 4, 20) });

    /// <summary>The option that selects a copy of the file after a change.</summary>
    /// <param name="name">The name of the copy, which is made once.</param>
    /// <param name="change">The change as SQL.</param>
    internal string Changed(string name, string change)
    {
        var path = Module.Folder[name + ".db"];
        if (!File.Exists(path))
        {
            File.Copy(Module.Database, path);
            Module.Run("Invoke-TandemQuery $args[0] -Database $args[1] -AllowWrite -Confirm:$false", change, path)
                .Succeeded();
        }

        return $"-Database '{path}'";
    }

    public ValueTask DisposeAsync() => Module.DisposeAsync();

    [CollectionDefinition(Tests)]
    public sealed class Group : ICollectionFixture<MeasuredPump>;
}

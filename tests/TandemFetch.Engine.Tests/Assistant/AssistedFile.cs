using TandemFetch.Engine.Assistant;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Engine.Tests.Support;

[assembly: AssemblyFixture(typeof(TandemFetch.Engine.Tests.Assistant.AssistedFile))]

namespace TandemFetch.Engine.Tests.Assistant;

/// <summary>A file with a pump's log of six weeks and two tables of its owner's, which only tests of the assistant read.</summary>
public sealed class AssistedFile : IAsyncLifetime
{
    /// <summary>The serial number of the pump.</summary>
    public const string Serial = "90001234";

    private static readonly Lazy<SyntheticLog> Log = new(() => SyntheticLog.Of(7, 42, sparse: true));

    private readonly Lazy<Task<TestDatabase>> _file = new(MakeAsync);

    /// <summary>The key of the pump in the account.</summary>
    public static string Assignment => Log.Value.Pump.AssignmentId;

    internal static AssistantLimits Limits { get; } = new();

    /// <summary>What an assistant sees by default.</summary>
    internal async Task<AssistantScope> ScopeAsync() => new((await _file.Value).Path);

    /// <summary>The folder of the file.</summary>
    internal async Task<string> FolderAsync() => Path.GetDirectoryName((await _file.Value).Path)!;

    internal async Task<GuardedDatabase> OpenAsync(Func<AssistantScope, AssistantScope>? change = null) =>
        await GuardedDatabase.OpenAsync(
            (change ?? (scope => scope))(await ScopeAsync()), Limits, TestContext.Current.CancellationToken);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_file.IsValueCreated)
        {
            (await _file.Value).Dispose();
        }
    }

    private static async Task<TestDatabase> MakeAsync()
    {
        var file = new TestDatabase();
        await file.BackfillAsync(Log.Value.Serving([.. Log.Value.Entries.Values]));
        using var database = await file.OpenAsync();
        database.Execute(GeneratedCalls.OwnTables(Serial, Assignment));
        return file;
    }
}

using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Engine.Tests.Lake;

/// <summary>
/// Two pumps in a file that no test changes, the same file some days earlier, and lakes for single tests.
/// </summary>
public sealed class LakeSource : IAsyncLifetime
{
    /// <summary>The collection whose tests share it.</summary>
    public const string Tests = "Tests of one source of lakes";

    private readonly TestDatabase _file = new();
    private readonly TestDatabase _earlier = new();
    private readonly List<string> _folders = [];

    /// <summary>The serial numbers of the pumps, in order.</summary>
    internal IReadOnlyList<string> Serials { get; private set; } = [];

    /// <summary>The pump in use, which the earlier file lacks two days of; the other one is a former pump.</summary>
    internal string Current { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var sandbox = await SandboxSource.StartAsync(new SandboxOptions { Days = 12, Pumps = 2 });
        var until = new DateTimeOffset(SandboxSource.LastDay.AddDays(-2), TimeOnly.MinValue, TimeSpan.Zero);
        await _earlier.BackfillAsync(sandbox.Client, new BackfillRequest { Until = until });
        File.Copy(_earlier.Path, _file.Path);
        await _file.BackfillAsync(sandbox.Client);
        using var database = await OpenAsync();
        Current = PumpReader.Read(database, [])[0].PumpSerial;
        Published = NewLake();
        Publish(database, new LakeRequest(Published));
        Serials = [.. PumpReader.Read(database, []).Select(pump => pump.PumpSerial).Order(StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        _earlier.Dispose();
        _folders.ForEach(folder => Directory.Delete(folder, recursive: true));
        return ValueTask.CompletedTask;
    }

    internal Task<TandemDatabase> OpenAsync() => OpenAsync(_file.Path);

    /// <summary>A copy of the file that another program has changed.</summary>
    internal TestDatabase Changed(string sql)
    {
        var copy = new TestDatabase();
        File.Copy(_file.Path, copy.Path);
        TestDatabase.ExecuteAsAnotherProgram(copy.Path, sql);
        return copy;
    }

    internal Task<TandemDatabase> OpenEarlierAsync() => OpenAsync(_earlier.Path);

    /// <summary>A lake that does not exist yet.</summary>
    internal LakeFolder NewLake()
    {
        _folders.Add(Directory.CreateTempSubdirectory("tandem-test-").FullName);
        return new LakeFolder(Path.Join(_folders[^1], "lake"));
    }

    /// <summary>A lake with both pumps, which no test changes.</summary>
    internal LakeFolder Published { get; private set; } = null!;

    /// <summary>A copy of <see cref="Published"/>.</summary>
    internal LakeFolder NewPublishedLake()
    {
        var lake = NewLake();
        foreach (var file in Directory.EnumerateFiles(Published.Path, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Join(lake.Path, Path.GetRelativePath(Published.Path, file));
            OwnerOnly.CreateFolder(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return lake;
    }

    internal static List<PublishedPump> Publish(TandemDatabase database, LakeRequest request) =>
        [.. new LakePublisher(database, request, SilentObserver.Instance).Run(Cancellation)];

    internal static List<IntegrityCheck> Inspect(LakeFolder lake) =>
        [.. new LakeInspection(lake, SilentObserver.Instance).Run(Cancellation)];

    internal static TandemDatabase OpenLake(LakeFolder lake, params string[] pumps) =>
        LakeDatabase.Open(lake, pumps, warning => Assert.Fail(warning), threads: 1);

    /// <summary>The names of the checks that fail.</summary>
    internal static IEnumerable<string> Failed(LakeFolder lake) =>
        Inspect(lake).Where(check => !check.Passed).Select(check => check.Name);

    /// <summary>The files of a lake, each with its content.</summary>
    internal static SortedDictionary<string, string> Content(LakeFolder lake) => new(
        Directory.EnumerateFiles(lake.Path, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(lake.Path, file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    private static Task<TandemDatabase> OpenAsync(string path) =>
        DatabaseFile.OpenAsync(path, DatabaseAccess.Read, TimeSpan.FromMinutes(1), Cancellation);

    [CollectionDefinition(Tests)]
    public sealed class Group : ICollectionFixture<LakeSource>;
}

using TandemFetch.Engine.Export;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>On Linux and macOS, only the user can read what is written.</summary>
public sealed class FileModeTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Shared = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tandem-modes-");

    public FileModeTests()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes are for Unix.");
        }
    }

    private string Database => Path.Join(_folder.FullName, "data", "tandem.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_new_database_is_the_users_alone_with_its_folder_and_its_log()
    {
        using var database = await OpenAsync(DatabaseAccess.Write);

        database.InTransaction(() => database.Execute("CREATE TABLE mine (i INTEGER)"));

        Assert.Equal(Owner, ModeOf(Database));
        Assert.Equal(Owner, ModeOf(Database + ".wal"));
        Assert.Equal(Owner | UnixFileMode.UserExecute, ModeOf(Path.GetDirectoryName(Database)!));
    }

    [Fact]
    public async Task The_log_of_a_query_that_writes_is_the_users_alone_after_each_checkpoint()
    {
        using var database = await OpenAsync(DatabaseAccess.Write);
        var runner = new QueryRunner(database);

        Run("CREATE TABLE mine (i INTEGER)");
        Assert.Equal(Owner, ModeOf(Database + ".wal"));
        Run("CHECKPOINT");
        Run("INSERT INTO mine VALUES (1)");
        Assert.Equal(Owner, ModeOf(Database + ".wal"));

        void Run(string text)
        {
            foreach (var result in runner.Run(new QueryRequest(text) { AllowWrite = true }, Cancellation))
            {
                Assert.NotEmpty(result.Names);
            }
        }
    }

    [Fact]
    public async Task A_database_that_the_user_shares_stays_shared_with_its_log()
    {
        (await OpenAsync(DatabaseAccess.Write)).Dispose();
        Share(Database);

        using var database = await OpenAsync(DatabaseAccess.Write);
        database.InTransaction(() => database.Execute("CREATE TABLE mine (i INTEGER)"));

        Assert.Equal(Shared, ModeOf(Database));
        Assert.Equal(Shared & ~UmaskOf(_folder), ModeOf(Database + ".wal"));
    }

    [Theory]
    [InlineData("pumps.parquet", ExportFormat.Parquet)]
    [InlineData("pumps.csv", ExportFormat.Csv)]
    [InlineData("pumps.csv.gz", ExportFormat.Csv)]
    [InlineData("pumps.jsonl", ExportFormat.Json)]
    public async Task An_export_is_the_users_alone_until_the_user_shares_it(string name, ExportFormat format)
    {
        (await OpenAsync(DatabaseAccess.Write)).Dispose();
        using var database = await OpenAsync(DatabaseAccess.Read);
        var request = new ExportRequest
        {
            Path = Path.Join(_folder.FullName, name),
            Table = "pumps",
            Format = format,
            Force = true,
        };

        new DataExporter(database).Export(request, Cancellation);
        Assert.Equal(Owner, ModeOf(request.Path));

        Share(request.Path);
        new DataExporter(database).Export(request, Cancellation);
        Assert.Equal(Shared, ModeOf(request.Path));
    }

    [Fact]
    public async Task Folders_of_an_export_are_the_users_alone()
    {
        (await OpenAsync(DatabaseAccess.Write)).Dispose();
        using var database = await OpenAsync(DatabaseAccess.Write);
        database.InTransaction(() => database.Execute(
            """
            INSERT INTO pumps BY NAME (
                SELECT 'a' AS device_assignment_id, '1' AS serial_number, 'UTC' AS time_zone)
            """));
        var request = new ExportRequest
        {
            Path = Path.Join(_folder.FullName, "pumps"),
            Table = "pumps",
            PartitionBy = [ExportPartition.Pump],
            Format = ExportFormat.Parquet,
        };

        new DataExporter(database).Export(request, Cancellation);

        Assert.Equal(Owner | UnixFileMode.UserExecute, ModeOf(request.Path));
        var files = Directory.GetFiles(request.Path, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(Owner, ModeOf(file)));
    }

    private Task<TandemDatabase> OpenAsync(DatabaseAccess access) =>
        DatabaseFile.OpenAsync(Database, access, TimeSpan.Zero, Cancellation);

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);

    private static void Share(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Shared);
        }
    }

    // What the process takes away from the files that it creates.
    private static UnixFileMode UmaskOf(DirectoryInfo folder)
    {
        var probe = Path.Join(folder.FullName, "probe");
        File.WriteAllText(probe, "");
        return Shared & ~ModeOf(probe);
    }
}

using TandemFetch.Engine.Export;
using TandemFetch.Engine.Import;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>What is exported from one file is the same after an import into another.</summary>
public sealed class MovingTests(MovingTests.Backfilled backfilled) : IClassFixture<MovingTests.Backfilled>, IDisposable
{
    private readonly TestDatabase _moved = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tandem-moving-");

    public static TheoryData<string> Extensions => [".parquet", ".csv", ".csv.gz", ".jsonl", ".jsonl.gz"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _moved.Dispose();
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task An_archive_gives_all_tables_back_in_every_format(string extension)
    {
        foreach (var table in ArchiveTables.All)
        {
            await ExportAsync(table, SqlText.Unqualified(table) + extension);
        }

        await ImportAsync(_folder.FullName);

        await SameTables.AssertAsync(backfilled.File, _moved);
        await SameTables.AssertRowsAsync(
            backfilled.File, _moved, "bookkeeping.clock_uploads", "bookkeeping.clock_steps", "pump_settings");
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task Entries_that_could_not_be_filed_come_along(string extension)
    {
        using var source = new TestDatabase();
        File.Copy(backfilled.File.Path, source.Path);
        TestDatabase.ExecuteAsAnotherProgram(
            source.Path,
            """
            INSERT INTO bookkeeping.rejected_entries
            SELECT device_assignment_id, TIMESTAMPTZ '2026-06-30 12:00:00.123+00', 'a, reason', '{"a": "b, ""c"}'
            FROM pumps
            """);
        foreach (var table in ArchiveTables.All)
        {
            await ExportAsync(table, SqlText.Unqualified(table) + extension, from: source);
        }

        await ImportAsync(_folder.FullName, []);

        Assert.Single(await _moved.DumpAsync("bookkeeping.rejected_entries"));
        Assert.Equal(await source.DumpAsync("bookkeeping.rejected_entries"), await _moved.DumpAsync("bookkeeping.rejected_entries"));
    }

    [Fact]
    public async Task An_archive_that_is_imported_again_adds_nothing()
    {
        foreach (var table in ArchiveTables.All)
        {
            await ExportAsync(table, SqlText.Unqualified(table) + ".parquet");
        }

        await ImportAsync(_folder.FullName);
        var runs = await ImportAsync(_folder.FullName);

        Assert.All(runs, run => Assert.Equal(0, run.RowsOut));
        await SameTables.AssertAsync(backfilled.File, _moved);
        Assert.Equal(await backfilled.File.DumpAsync("pump_settings"), await _moved.DumpAsync("pump_settings"));
    }

    [Theory]
    [InlineData(ExportPartition.Month)]
    [InlineData(ExportPartition.Pump)]
    public async Task A_folder_of_partitions_has_all_entries(ExportPartition partition)
    {
        await ExportAsync("raw_events", "by", partition);

        await ImportAsync(Path.Combine(_folder.FullName, "by"), []);

        await SameTables.AssertRowsAsync(backfilled.File, _moved, "raw_events");
    }

    [Theory]
    [InlineData("raw[1].parquet", "raw1.parquet")]
    [InlineData("raw[1].csv", "raw1.csv")]
    [InlineData("raw[1].jsonl.gz", "raw1.jsonl.gz")]
    [InlineData("raw*.parquet", "raw2.parquet")]
    [InlineData("raw?.csv.gz", "raw2.csv.gz")]
    [InlineData("year=2026/raw[1].parquet", "year=2026/raw1.parquet")]
    public async Task A_file_is_read_under_its_own_name_and_no_other_is(string name, string likeIt)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.AsSpan().ContainsAny("*?"), "Windows has no such names.");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "year=2026"));
        await ExportAsync("raw_events", likeIt);
        await ExportAsync("raw_events", name, until: new DateTimeOffset(2026, 6, 20, 0, 0, 0, TimeSpan.Zero));

        var runs = await ImportAsync(Path.Combine(_folder.FullName, name), []);

        var all = await backfilled.File.QueryAsync<long>("SELECT count(*) FROM raw_events");
        Assert.InRange(runs[0].RowsOut, 1, all[0] - 1);
    }

    [Fact]
    public async Task What_the_file_knows_of_a_pump_is_not_replaced_by_nothing_or_by_older()
    {
        foreach (var table in ArchiveTables.All)
        {
            await ExportAsync(table, SqlText.Unqualified(table) + ".parquet");
        }

        File.Copy(backfilled.File.Path, _moved.Path);
        TestDatabase.ExecuteAsAnotherProgram(
            _moved.Path,
            "UPDATE pumps SET software_version = 'newer', last_upload = make_timestamptz(epoch_us(last_upload) + 1), "
            + "model_name = NULL, time_zone_set_by = 'User'");

        await ImportAsync(_folder.FullName, []);

        Assert.Equal(
            ["newer User true"],
            await _moved.QueryAsync<string>(
                "SELECT concat_ws(' ', software_version, time_zone_set_by, model_name IS NOT NULL) FROM pumps"));
    }

    [Fact]
    public async Task A_folder_without_raw_entries_is_refused()
    {
        await ExportAsync("pumps", "pumps.parquet");

        var refusal = await Assert.ThrowsAsync<TandemException>(() => ImportAsync(_folder.FullName));

        Assert.Equal(ImportErrors.FormatUnknown, refusal.ErrorId);
    }

    private async Task ExportAsync(
        string table,
        string name,
        ExportPartition? partition = null,
        DateTimeOffset? until = null,
        TestDatabase? from = null)
    {
        using var database = await (from ?? backfilled.File).OpenAsync(DatabaseAccess.Read);
        var path = Path.Combine(_folder.FullName, name);
        new DataExporter(database).Export(
            new ExportRequest
            {
                Table = table,
                Path = path,
                Format = partition is null ? ExportFileName.FormatOf(path)!.Value : ExportFormat.Parquet,
                PartitionBy = partition is { } by ? [by] : [],
                Until = until,
            },
            Cancellation);
    }

    /// <summary>Imports, and runs the other stages if nothing else is specified.</summary>
    private async Task<List<PipelineRun>> ImportAsync(string path, IReadOnlyList<PipelineStage>? stages = null)
    {
        using var database = await _moved.OpenAsync();
        var import = new RawEventImport(database, SilentObserver.Instance, TimeProvider.System);
        var runs = (await import.ImportAsync(path, "Europe/Berlin", setsZone: false, Cancellation)).ToList();
        var request = new BackfillRequest { Stages = stages ?? [PipelineStage.Parse, PipelineStage.Derive] };
        await foreach (var run in new Backfill(database, SilentObserver.Instance, TimeProvider.System)
            .RunAsync(request, null, null, failure => throw failure, Cancellation))
        {
            runs.Add(run);
        }

        return runs;
    }

    /// <summary>A file of a pump with settings, with an upload that is off, and with revisions of an entry.</summary>
    public sealed class Backfilled : IAsyncLifetime
    {
        internal TestDatabase File { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await using var sandbox = await SandboxSource.StartAsync(new SandboxOptions { Days = 40, Sparse = true });
            await File.BackfillAsync(sandbox.Client);
            TestDatabase.ExecuteAsAnotherProgram(
                File.Path,
                """
                -- Three revisions of one entry, of which the newest counts.
                INSERT INTO raw_events BY NAME
                SELECT * EXCLUDE (number) REPLACE (nextval('raw_events_id_seq') AS id, number AS revision,
                    json_merge_patch(raw_event_data, json_object('note', number)) AS raw_event_data)
                FROM (FROM raw_events WHERE event_code = 256 OR event_code = 399 ORDER BY id LIMIT 1)
                CROSS JOIN (SELECT unnest([1, 2]) AS number);
                """);

            // The pump's clock is an hour ahead of its zone, which only the upload shows.
            TestDatabase.ExecuteAsAnotherProgram(
                File.Path,
                "UPDATE pumps SET last_upload = make_timestamptz(epoch_us(last_upload) - 3600000000)");
            await File.BackfillAsync(
                sandbox.Client,
                new BackfillRequest { Stages = [PipelineStage.Parse, PipelineStage.Derive], Rebuild = true });
        }

        public ValueTask DisposeAsync()
        {
            File.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

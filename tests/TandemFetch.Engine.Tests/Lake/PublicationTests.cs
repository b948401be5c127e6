using System.Runtime.Versioning;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tests.Lake;

/// <summary>What a publication changes in a lake, and what it leaves alone.</summary>
[Collection(LakeSource.Tests)]
public sealed class PublicationTests(LakeSource source)
{
    [Fact]
    public async Task A_second_publication_writes_nothing()
    {
        var lake = source.NewPublishedLake();
        var before = LakeSource.Content(lake);

        using var database = await source.OpenAsync();
        var pumps = LakeSource.Publish(database, new LakeRequest(lake));

        Assert.Equal(source.Serials, pumps.Select(pump => pump.Pump));
        Assert.All(pumps, pump => Assert.Equal(0, pump.FilesWritten));
        Assert.All(pumps, pump => Assert.True(pump.Rows > 1_000, $"{pump.Rows} rows"));
        Assert.Equal(before, LakeSource.Content(lake));
    }

    [Fact]
    public async Task Days_that_are_added_lead_to_the_same_lake_as_all_at_once_and_unchanged_tables_stay()
    {
        var (grown, whole) = (source.NewLake(), source.Published);
        using (var earlier = await source.OpenEarlierAsync())
        {
            LakeSource.Publish(earlier, new LakeRequest(grown));
        }

        var settings = new FileInfo(grown.FileOf("pump_settings", source.Current));
        var (written, readings) = (settings.LastWriteTimeUtc, Length(grown));
        using var database = await source.OpenAsync();
        var pumps = LakeSource.Publish(database, new LakeRequest(grown));

        var current = pumps.Single(pump => pump.Pump == source.Current);
        Assert.InRange(current.FilesWritten, 5, current.Tables - 2);
        Assert.True(Length(grown) > readings);
        settings.Refresh();
        Assert.Equal(written, settings.LastWriteTimeUtc);
        Assert.Equal(Rows(whole), Rows(grown));
        Assert.Empty(LakeSource.Failed(grown));

        long Length(LakeFolder lake) => new FileInfo(lake.FileOf("cgm_readings", source.Current)).Length;
    }

    [Fact]
    public async Task The_files_of_other_pumps_are_never_touched()
    {
        var lake = source.NewLake();
        using (var earlier = await source.OpenEarlierAsync())
        {
            LakeSource.Publish(earlier, new LakeRequest(lake));
        }

        var former = source.Serials.Single(serial => serial != source.Current);
        var before = LakeSource.Content(lake).Where(file => IsOf(file.Key, former)).ToList();
        using var database = await source.OpenAsync();
        LakeSource.Publish(database, new LakeRequest(lake) { PumpSerials = [source.Current] });

        Assert.NotEmpty(before);
        Assert.Equal(before, LakeSource.Content(lake).Where(file => IsOf(file.Key, former)));
        Assert.Empty(LakeSource.Failed(lake));

        static bool IsOf(string path, string serial) => Path.GetFileNameWithoutExtension(path) == serial;
    }

    [Fact]
    public async Task Two_publishers_at_once_lead_to_the_same_lake_as_one_after_the_other()
    {
        var (together, whole) = (source.NewLake(), source.Published);
        using var database = await source.OpenAsync();

        // The pumps in both orders, so that both publishers want the same pump as well.
        await Task.WhenAll(source.Serials.Concat(source.Serials.Reverse()).Select(serial => Task.Run(() =>
            LakeSource.Publish(
                database,
                new LakeRequest(together) { PumpSerials = [serial], LockTimeout = TimeSpan.FromMinutes(1) }))));

        Assert.Equal(LakeSource.Content(whole), LakeSource.Content(together));
    }

    [Fact]
    public async Task A_pump_that_another_process_publishes_is_busy()
    {
        var lake = source.NewPublishedLake();
        using var turn = PumpTurn.Take(
            lake, source.Serials[0], source.Serials[0], TimeSpan.Zero, TestContext.Current.CancellationToken);
        using var database = await source.OpenAsync();

        var failure = Assert.Throws<TandemException>(() => LakeSource.Publish(database, new LakeRequest(lake)));

        Assert.Equal(LakeErrors.PumpBusy, failure.ErrorId);
        Assert.Contains(source.Serials[0], failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_publication_that_ends_anywhere_is_noticed_and_completed_by_the_next(int replaced)
    {
        // What a kill leaves: a manifest that vouches for some files, and some of the others replaced.
        var (lake, whole, serial) = (source.NewLake(), source.Published, source.Current);
        using (var earlier = await source.OpenEarlierAsync())
        {
            LakeSource.Publish(earlier, new LakeRequest(lake));
        }

        var manifest = LakeJson.Read<PumpManifest>(lake.ManifestOf(serial))!;
        string[] changing = ["basal_deliveries", "boluses", "cgm_readings", "daily_metrics", "daily_totals"];
        var certain = manifest.Tables.Where(table => !changing.Contains(table.Key)).ToDictionary();
        LakeFiles.Write(
            lake,
            lake.ManifestOf(serial),
            LakeJson.Write(manifest with { Tables = new(certain, StringComparer.Ordinal), Replacing = changing }));
        foreach (var table in changing.Take(replaced))
        {
            File.Copy(whole.FileOf(table, serial), lake.FileOf(table, serial), overwrite: true);
        }

        Directory.CreateDirectory(Path.Join(lake.Staging, serial));
        File.WriteAllText(Path.Join(lake.Staging, serial, "boluses"), "half a file");
        var warnings = new List<string>();
        using (LakeDatabase.Open(lake, [], warnings.Add))
        {
            Assert.Contains("cgm_readings", Assert.Single(warnings), StringComparison.Ordinal);
        }

        Assert.Superset(new HashSet<string> { "publications", "staged_files" }, LakeSource.Failed(lake).ToHashSet());
        using var database = await source.OpenAsync();
        LakeSource.Publish(database, new LakeRequest(lake));

        Assert.Equal(Rows(whole), Rows(lake));
        Assert.Empty(LakeSource.Failed(lake));
    }

    [Fact]
    public async Task An_older_copy_of_the_database_does_not_replace_newer_entries()
    {
        var lake = source.NewPublishedLake();
        var before = LakeSource.Content(lake);
        using var earlier = await source.OpenEarlierAsync();

        var failure = Assert.Throws<TandemException>(() => LakeSource.Publish(earlier, new LakeRequest(lake)));
        Assert.Equal(LakeErrors.DataNewer, failure.ErrorId);
        Assert.Equal(before, LakeSource.Content(lake));

        var forced = LakeSource.Publish(earlier, new LakeRequest(lake) { Force = true });
        Assert.True(forced.Single(pump => pump.Pump == source.Current).FilesWritten > 0);
        Assert.Empty(LakeSource.Failed(lake));
    }

    [Fact]
    public async Task A_database_that_begins_later_does_not_replace_what_came_before()
    {
        var lake = source.NewPublishedLake();
        var before = LakeSource.Content(lake);
        using var copy = source.Changed(
            """
            DELETE FROM events AS e
            WHERE log_position < (
                SELECT quantile_disc(o.log_position, 0.5)
                FROM events AS o
                WHERE o.device_assignment_id = e.device_assignment_id)
            """);
        using var database = await copy.OpenAsync(DatabaseAccess.Read);

        var failure = Assert.Throws<TandemException>(() => LakeSource.Publish(
            database, new LakeRequest(lake) { PumpSerials = [source.Current] }));

        Assert.Equal(LakeErrors.DataNewer, failure.ErrorId);
        Assert.Contains("-Since", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, LakeSource.Content(lake));
    }

    [Fact]
    public async Task A_pump_listed_again_under_another_key_is_published_when_that_key_repeats_the_log()
    {
        var (lake, serial) = (source.NewLake(), SqlText.Literal(source.Current));
        var older = $"""
            INSERT INTO pumps BY NAME
            SELECT * REPLACE ('older' AS device_assignment_id) FROM pumps WHERE serial_number = {serial} LIMIT 1;
            INSERT INTO events BY NAME
            SELECT * REPLACE ('older' AS device_assignment_id, -id AS id) FROM events
            WHERE device_assignment_id = (
                SELECT device_assignment_id FROM pumps WHERE serial_number = {serial} AND device_assignment_id <> 'older'
                LIMIT 1);
            """;
        using (var before = source.Changed(older))
        using (var database = await before.OpenAsync(DatabaseAccess.Read))
        {
            LakeSource.Publish(database, new LakeRequest(lake) { PumpSerials = [source.Current] });
        }

        // The pipeline removes from the older key what the newer one has, too.
        using var after = source.Changed(older
            + "DELETE FROM events WHERE device_assignment_id = 'older' AND id < (SELECT quantile_disc(id, 0.5) FROM events "
            + "WHERE device_assignment_id = 'older')");
        using var repeated = await after.OpenAsync(DatabaseAccess.Read);
        LakeSource.Publish(repeated, new LakeRequest(lake) { PumpSerials = [source.Current] });

        Assert.Empty(LakeSource.Failed(lake));
    }

    [Fact]
    public async Task A_pump_that_gets_its_serial_number_later_is_there_once()
    {
        var lake = source.NewLake();
        using (var unlisted = source.Changed("UPDATE pumps SET serial_number = NULL"))
        using (var database = await unlisted.OpenAsync(DatabaseAccess.Read))
        {
            Assert.DoesNotContain(
                LakeSource.Publish(database, new LakeRequest(lake)), pump => source.Serials.Contains(pump.Pump));
        }

        using var listed = await source.OpenAsync();
        LakeSource.Publish(listed, new LakeRequest(lake));

        Assert.Equal(source.Serials, LakeDatabase.Pumps(lake));
        Assert.Equal(Rows(source.Published), Rows(lake));
        Assert.Empty(LakeSource.Failed(lake));
    }

    [Fact]
    public async Task A_table_that_has_no_rows_any_more_loses_its_file()
    {
        var (lake, serial) = (source.NewPublishedLake(), source.Current);
        using var copy = source.Changed("DELETE FROM alerts");
        using var database = await copy.OpenAsync(DatabaseAccess.Read);
        LakeSource.Publish(database, new LakeRequest(lake));

        Assert.False(File.Exists(lake.FileOf("alerts", serial)));
        Assert.Empty(LakeSource.Failed(lake));
        using var opened = LakeSource.OpenLake(lake);
        Assert.Equal(0, opened.Scalar<long>("SELECT count(*) FROM alerts"));
    }

    [Fact]
    public async Task A_folder_with_other_files_is_refused_and_left_alone()
    {
        var lake = source.NewLake();
        Directory.CreateDirectory(lake.Path);
        await File.WriteAllTextAsync(Path.Join(lake.Path, "diary.txt"), "mine", TestContext.Current.CancellationToken);
        using var database = await source.OpenAsync();

        var failure = Assert.Throws<TandemException>(() => LakeSource.Publish(database, new LakeRequest(lake)));

        Assert.Equal(LakeErrors.Invalid, failure.ErrorId);
        Assert.Single(Directory.EnumerateFileSystemEntries(lake.Path));
    }

    [Fact]
    public async Task What_a_kill_left_of_a_manifest_is_removed_by_the_next_publication()
    {
        var lake = source.NewPublishedLake();
        var before = LakeSource.Content(lake);
        var draft = Path.Join(lake.Pumps, $".{source.Current}.json.{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(draft, "{", TestContext.Current.CancellationToken);
        using var database = await source.OpenAsync();

        LakeSource.Publish(database, new LakeRequest(lake));

        Assert.Equal(before, LakeSource.Content(lake));
    }

    [Fact]
    public async Task The_message_about_a_damaged_description_says_what_helps()
    {
        var lake = source.NewPublishedLake();
        await File.WriteAllTextAsync(lake.Description, "{", TestContext.Current.CancellationToken);
        using var database = await source.OpenAsync();

        var failure = Assert.Throws<TandemException>(() => LakeSource.Publish(database, new LakeRequest(lake)));

        Assert.Equal(LakeErrors.Invalid, failure.ErrorId);
        Assert.Contains("into a new folder", failure.Message, StringComparison.Ordinal);
        LakeSource.Publish(database, new LakeRequest(source.NewLake()));
    }

    [Fact]
    public async Task A_lake_of_a_newer_version_is_refused()
    {
        var lake = source.NewPublishedLake();
        LakeFiles.Write(lake, lake.Description, LakeJson.Write(new LakeDescription(99, null, false)));
        using var database = await source.OpenAsync();

        Action[] uses =
        [
            () => LakeSource.Publish(database, new LakeRequest(lake)),
            () => LakeSource.Inspect(lake),
            () => LakeSource.OpenLake(lake).Dispose(),
        ];

        Assert.All(uses, use => Assert.Equal(LakeErrors.Newer, Assert.Throws<TandemException>(use).ErrorId));
    }

    [Fact]
    public async Task Files_get_the_rights_of_the_lake()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such rights.");
            return;
        }

        var lake = source.NewPublishedLake();
        var shared = source.NewLake();
        Directory.CreateDirectory(shared.Path);
        const UnixFileMode Group = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(shared.Path, Group);
        using var database = await source.OpenAsync();
        LakeSource.Publish(database, new LakeRequest(shared));

        Assert.Equal([OwnerOnly.FileMode], Modes(Directory.EnumerateFiles(lake.Path, "*", SearchOption.AllDirectories)));
        Assert.Equal(
            [OwnerOnly.FileMode | UnixFileMode.GroupRead | UnixFileMode.GroupWrite],
            Modes(Directory.EnumerateFiles(shared.Path, "*", SearchOption.AllDirectories)));
        Assert.Equal([Group], Modes(Directory.EnumerateDirectories(shared.Path, "*", SearchOption.AllDirectories)));
    }

    [UnsupportedOSPlatform("windows")]
    private static IEnumerable<UnixFileMode> Modes(IEnumerable<string> paths)
    {
        var modes = new HashSet<UnixFileMode>();
        foreach (var path in paths)
        {
            modes.Add(File.GetUnixFileMode(path));
        }

        return modes;
    }

    /// <summary>The rows of all tables, with checksums.</summary>
    private static List<string> Rows(LakeFolder lake)
    {
        using var database = LakeSource.OpenLake(lake);
        return
        [
            .. lake.TableNames().Select(table => table + " " + database.Scalar<string>(
                $"SELECT concat_ws(' ', count(*), sum(hash(t))) FROM {table} AS t")),
        ];
    }
}

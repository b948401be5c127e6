using Dapper;
using DuckDB.NET.Data;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tests.Lake;

/// <summary>Every check finds its own fault.</summary>
[Collection(LakeSource.Tests)]
public sealed class InspectionTests(LakeSource source)
{
    private static readonly Dictionary<string, Action<LakeFolder, string>> Faults = new()
    {
        ["manifests"] = (lake, pump) => File.WriteAllText(lake.ManifestOf(pump), "{"),
        ["publications"] = (lake, pump) => Change(lake, pump, manifest => manifest with { Replacing = ["alerts"] }),
        ["missing_files"] = (lake, pump) => File.Delete(lake.FileOf("boluses", pump)),
        ["changed_files"] = (lake, pump) => ChangeByte(lake.FileOf("boluses", pump)),
        ["unlisted_files"] = (lake, pump) => File.Copy(lake.FileOf("boluses", pump), lake.FileOf("boluses", "copy")),
        ["row_counts"] = (lake, pump) => Rewrite(lake, pump, "boluses", "FROM {0}", rows => rows + 1),
        ["columns"] = (lake, pump) => Rewrite(lake, pump, "boluses", "SELECT * REPLACE (carbs::DOUBLE AS carbs) FROM {0}"),
        ["pumps"] = (lake, pump) => Rewrite(lake, pump, "boluses", "SELECT * REPLACE ('other' AS pump) FROM {0}"),
        ["keys"] = (lake, pump) => Rewrite(
            lake, pump, "boluses", "FROM {0} UNION ALL (FROM {0} LIMIT 1) ORDER BY timestamp NULLS FIRST, log_position"),
        ["order"] = (lake, pump) => Rewrite(lake, pump, "boluses", "FROM {0} ORDER BY timestamp DESC"),
        ["daily_totals"] = (lake, pump) => Rewrite(lake, pump, "cgm_readings", "FROM {0} ORDER BY timestamp LIMIT 100"),
        ["zone_databases"] = (lake, pump) => Change(lake, pump, manifest => manifest with { ZoneDatabase = "v0.0.1" }),
        ["schema_versions"] = (lake, pump) => Change(lake, pump, manifest => manifest with { SchemaVersion = 16 }),
        ["staged_files"] = (lake, pump) => Directory.CreateDirectory(Path.Join(lake.Staging, pump)),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Fact]
    public async Task A_published_lake_has_nothing_to_find_and_every_check_has_its_test()
    {
        var checks = LakeSource.Inspect(source.Published);

        Assert.Equal(Faults.Keys, checks.Select(check => check.Name));
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {string.Join(", ", check.SampleKeys)}"));
        Assert.All(checks, check => Assert.True(check.Description.Length > 20, check.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_fault_fails_its_check_alone(string name)
    {
        var (lake, pump) = (source.NewPublishedLake(), source.Current);
        Faults[name](lake, pump);

        var failed = LakeSource.Inspect(lake).Where(check => !check.Passed).ToList();

        // A file that cannot be trusted is not read, and a manifest that cannot be read lists no files.
        Assert.Contains(name, failed.Select(check => check.Name));
        Assert.Empty(failed.Select(check => check.Name).Except([name, .. AlsoOf(name)]));
        Assert.All(failed, check => Assert.NotEmpty(check.SampleKeys));
    }

    [Theory]
    [InlineData("a damaged description")]
    [InlineData("a missing description")]
    [InlineData("a damaged empty file")]
    [InlineData("a missing empty file")]
    public async Task What_describes_a_table_is_checked_and_written_again(string fault)
    {
        var (lake, table) = (source.NewPublishedLake(), "boluses");
        var before = LakeSource.Content(lake);
        var path = fault.EndsWith("description", StringComparison.Ordinal)
            ? lake.DescriptionOf(table)
            : lake.EmptyFileOf(table);
        if (fault.Contains("damaged", StringComparison.Ordinal))
        {
            await File.WriteAllTextAsync(path, "{", TestContext.Current.CancellationToken);
        }
        else
        {
            File.Delete(path);
        }

        var failed = Assert.Single(LakeSource.Inspect(lake), check => !check.Passed);
        Assert.Equal(("manifests", Path.GetFileName(path)), (failed.Name, Assert.Single(failed.SampleKeys)));
        Assert.Throws<TandemException>(() => LakeSource.OpenLake(lake).Dispose());

        using var database = await source.OpenAsync();
        LakeSource.Publish(database, new LakeRequest(lake));

        Assert.Equal(before, LakeSource.Content(lake));
        Assert.Empty(LakeSource.Failed(lake));
    }

    [Fact]
    public void Copies_that_a_program_for_synchronization_has_left_double_nothing()
    {
        var (lake, pump) = (source.NewPublishedLake(), source.Current);
        File.Copy(lake.ManifestOf(pump), lake.ManifestOf($"{pump} (conflicted copy)"));
        File.Copy(lake.DescriptionOf("boluses"), lake.DescriptionOf("boluses (conflicted copy)"));

        using var opened = LakeSource.OpenLake(lake);
        using var original = LakeSource.OpenLake(source.Published);

        const string Count = "SELECT count(*) FROM cgm_readings";
        Assert.Equal(original.Scalar<long>(Count), opened.Scalar<long>(Count));
        Assert.Equal(source.Serials, LakeDatabase.Pumps(lake));
        var failed = Assert.Single(LakeSource.Inspect(lake), check => !check.Passed);
        Assert.Equal(
            ("manifests", $"{pump} (conflicted copy).json"), (failed.Name, Assert.Single(failed.SampleKeys)));
    }

    [Fact]
    public void A_pump_of_another_schema_version_is_read_and_only_noted()
    {
        var (lake, pump) = (source.NewPublishedLake(), source.Current);
        Rewrite(lake, pump, "boluses", "SELECT * EXCLUDE (carbs) FROM {0}");
        Change(lake, pump, manifest => manifest with { SchemaVersion = manifest.SchemaVersion - 1 });

        using var opened = LakeSource.OpenLake(lake, pump);

        Assert.True(opened.Scalar<long>("SELECT count(*) FROM boluses") > 10);
        Assert.Equal(0, opened.Scalar<long>("SELECT count(carbs) FROM boluses"));
        Assert.Equal(["schema_versions"], LakeSource.Failed(lake));
    }

    [Fact]
    public async Task Rows_whose_true_time_is_unknown_are_sorted_first_and_are_no_fault()
    {
        var lake = source.NewLake();
        using var copy = source.Changed(
            "UPDATE alerts SET timestamp = NULL WHERE id IN (SELECT id FROM alerts ORDER BY id LIMIT 1)");
        using var database = await copy.OpenAsync(DatabaseAccess.Read);

        LakeSource.Publish(database, new LakeRequest(lake));

        using var opened = LakeSource.OpenLake(lake);
        Assert.Equal(1, opened.Scalar<long>("SELECT count(*) FROM alerts WHERE timestamp IS NULL"));
        Assert.Empty(LakeSource.Failed(lake));
    }

    [Theory]
    [InlineData("manifests")]
    [InlineData("publications")]
    [InlineData("missing_files")]
    [InlineData("changed_files")]
    [InlineData("zone_databases")]
    [InlineData("schema_versions")]
    [InlineData("staged_files")]
    public async Task What_the_database_has_is_mended_by_the_next_publication(string name)
    {
        var (lake, pump) = (source.NewPublishedLake(), source.Current);
        var before = LakeSource.Content(lake);
        Faults[name](lake, pump);

        using var database = await source.OpenAsync();
        LakeSource.Publish(database, new LakeRequest(lake));

        Assert.Equal(before, LakeSource.Content(lake));
        Assert.Empty(LakeSource.Failed(lake));
    }

    private static string[] AlsoOf(string name) => name switch
    {
        "manifests" => ["unlisted_files"],
        _ => [],
    };

    private static void Change(LakeFolder lake, string pump, Func<PumpManifest, PumpManifest> change) => LakeFiles.Write(
        lake, lake.ManifestOf(pump), LakeJson.Write(change(LakeJson.Read<PumpManifest>(lake.ManifestOf(pump))!)));

    private static void ChangeByte(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        file.Seek(file.Length / 2, SeekOrigin.Begin);
        var value = file.ReadByte();
        file.Seek(-1, SeekOrigin.Current);
        file.WriteByte((byte)(value ^ 1));
    }

    /// <summary>A file with other rows, and a manifest with its size and checksum.</summary>
    private static void Rewrite(
        LakeFolder lake, string pump, string table, string rows, Func<long, long>? count = null)
    {
        var path = lake.FileOf(table, pump);
        var other = path + ".other";
        long written;
        using (var connection = new DuckDBConnection("DataSource=:memory:"))
        {
            connection.Open();
            var source = $"read_parquet({SqlText.Literal(path)})";
            connection.Execute(
                $"COPY ({rows.Replace("{0}", source, StringComparison.Ordinal)}) TO {SqlText.Literal(other)} (FORMAT parquet)");
            written = connection.ExecuteScalar<long>($"SELECT count(*) FROM read_parquet({SqlText.Literal(other)})");
        }

        File.Move(other, path, overwrite: true);
        var content = File.ReadAllBytes(path);
        Change(lake, pump, manifest =>
        {
            manifest.Tables[table] = manifest.Tables[table] with
            {
                Rows = count?.Invoke(written) ?? written,
                Bytes = content.Length,
                Sha256 = Hex.Of(System.Security.Cryptography.SHA256.HashData(content)),
            };
            return manifest;
        });
    }
}

using System.Text;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tests.Lake;

/// <summary>What pseudonyms and shifted dates hide, and what they keep.</summary>
[Collection(LakeSource.Tests)]
public sealed class PseudonymTests(LakeSource source)
{
    private static readonly Pseudonyms Key = KeyOf('k');

    [Fact]
    public async Task No_name_of_a_pump_is_anywhere_in_the_lake()
    {
        var lake = source.NewLake();
        using var database = await source.OpenAsync();
        var pumps = LakeSource.Publish(database, new LakeRequest(lake) { Pseudonyms = Key });
        var names = PumpReader.Read(database, []).SelectMany(pump => new[] { pump.PumpSerial, pump.DeviceAssignmentId })
            .Concat(database.Query<string>("SELECT name FROM profiles WHERE name IS NOT NULL"))
            .Concat(database.Query<string>("SELECT settings_hash FROM pump_settings"))
            .Distinct().ToList();
        Assert.True(names.Count > 4);

        var texts = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(lake.Path, "*", SearchOption.AllDirectories))
        {
            texts.AppendLine(file);
            texts.AppendLine(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        }

        // The files are compressed, so the rows are read as well.
        using var opened = LakeSource.OpenLake(lake);
        foreach (var table in lake.TableNames())
        {
            texts.AppendJoin('\n', opened.Query<string>($"SELECT t::VARCHAR FROM {table} AS t"));
        }

        var all = texts.ToString();
        Assert.All(pumps, pump => Assert.Contains(pump.Pump, all, StringComparison.Ordinal));
        Assert.All(names, name => Assert.DoesNotContain(name, all, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(lake.TableNames(), table => table is "profiles" or "profile_segments" or "pump_settings");
        Assert.Empty(LakeSource.Failed(lake));
    }

    [Fact]
    public void The_same_key_gives_the_same_pseudonyms_and_another_key_others()
    {
        Assert.Equal(Key.OfPump("90556643"), KeyOf('k').OfPump("90556643"));
        Assert.NotEqual(Key.OfPump("90556643"), KeyOf('l').OfPump("90556643"));
        Assert.NotEqual(Key.OfPump("90556643"), Key.OfPump("90556644"));
        Assert.NotEqual(Key.OfPump("1")[1..], Key.OfAssignment("1")[1..]);
        Assert.Matches("^p[0-9a-f]{24}$", Key.OfPump("90556643"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("too short")]
    [InlineData("  0123456789012345678901234567890  \n")]
    public void A_key_that_can_be_guessed_is_refused(string key)
    {
        var failure = Assert.Throws<TandemException>(() => Pseudonyms.Of(Encoding.UTF8.GetBytes(key), "'study.key'"));

        Assert.Equal(LakeErrors.KeyInvalid, failure.ErrorId);
        Assert.Contains("study.key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lake_has_one_key()
    {
        var lake = source.NewLake();
        using var database = await source.OpenAsync();
        LakeSource.Publish(database, new LakeRequest(lake) { Pseudonyms = Key });
        var before = LakeSource.Content(lake);

        LakeRequest[] others =
        [
            new(lake), new(lake) { Pseudonyms = KeyOf('l') }, new(lake) { Pseudonyms = Key, ShiftsDates = true },
        ];
        Assert.All(others, other => Assert.Equal(
            LakeErrors.PseudonymsDiffer,
            Assert.Throws<TandemException>(() => LakeSource.Publish(database, other)).ErrorId));
        Assert.Equal(before, LakeSource.Content(lake));
    }

    [Fact]
    public async Task Shifted_dates_keep_weekdays_the_season_and_all_times_between_rows()
    {
        var (shifted, unshifted) = (source.NewLake(), source.Published);
        using var database = await source.OpenAsync();
        LakeSource.Publish(database, new LakeRequest(shifted) { Pseudonyms = Key, ShiftsDates = true });
        using var moved = LakeSource.OpenLake(shifted);
        using var original = LakeSource.OpenLake(unshifted);

        foreach (var serial in source.Serials)
        {
            var weeks = Key.WeeksOf(serial);
            Assert.InRange(weeks, 52, 418);
            Assert.InRange(weeks * 7 % 365.2425, 0, 365.2425);
            var season = Math.Abs(weeks * 7 - Math.Round(weeks * 7 / 365.2425) * 365.2425);
            Assert.InRange(season, 0, 4);
            foreach (var (table, time) in TimesOf(shifted))
            {
                var (name, own) = (SqlText.Literal(Key.OfPump(serial)), SqlText.Literal(serial));
                var expected = original.Query<string>(
                    $"SELECT coalesce(({time} - INTERVAL {weeks * 7} DAY)::TIMESTAMP::VARCHAR, '') AS moment "
                    + $"FROM {table} WHERE pump = {own} ORDER BY moment");
                Assert.Equal(
                    expected,
                    moved.Query<string>(
                        $"SELECT coalesce({time}::TIMESTAMP::VARCHAR, '') AS moment FROM {table} WHERE pump = {name} "
                        + "ORDER BY moment"));
            }
        }
    }

    [Fact]
    public async Task The_times_of_files_do_not_tell_by_how_much_dates_are_shifted()
    {
        var lake = source.NewLake();
        using var database = await source.OpenAsync();
        LakeSource.Publish(database, new LakeRequest(lake) { Pseudonyms = Key, ShiftsDates = true });

        var paths = Directory.EnumerateFileSystemEntries(lake.Path, "*", SearchOption.AllDirectories)
            .Append(lake.Path).ToList();

        Assert.All(paths, path => Assert.Equal((path, 1970), (path, File.GetLastWriteTimeUtc(path).Year)));
        Assert.True(paths.Count > 60);
    }

    [Fact]
    public async Task A_file_that_changes_gets_another_time_so_that_programs_that_copy_changes_notice_it()
    {
        var (lake, name) = (source.NewLake(), Key.OfPump(source.Current));
        var request = new LakeRequest(lake) { Pseudonyms = Key, ShiftsDates = true };
        using (var earlier = await source.OpenEarlierAsync())
        {
            LakeSource.Publish(earlier, request);
        }

        string[] files = [lake.ManifestOf(name), lake.FileOf("cgm_readings", name)];
        var before = files.Select(File.GetLastWriteTimeUtc).ToList();
        using var database = await source.OpenAsync();
        LakeSource.Publish(database, request);

        Assert.All(
            files.Zip(before), file => Assert.NotEqual(file.Second, File.GetLastWriteTimeUtc(file.First)));
    }

    // In UTC, so that a week is a week.
    private static IEnumerable<(string Table, string Time)> TimesOf(LakeFolder lake) =>
        from table in lake.TableNames()
        from column in LakeJson.Read<TableDescription>(lake.DescriptionOf(table))!.Columns
        where column.Type is "DATE" or "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE"
        select (table, column.Type == "TIMESTAMP WITH TIME ZONE"
            ? $"timezone('UTC', {column.Name})"
            : LakeColumn.NameInDatabase(column.Name));

    private static Pseudonyms KeyOf(char letter) => Pseudonyms.Of(Encoding.UTF8.GetBytes(new string(letter, 64)), "a test");
}

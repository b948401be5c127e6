using System.Globalization;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Integrity;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Tables;

/// <summary>Rules for every domain table.</summary>
public sealed partial class DomainTableTests(DomainTableTests.Backfilled backfilled)
    : IClassFixture<DomainTableTests.Backfilled>
{
    public static TheoryData<string> AllTables => [.. DomainTables.All.Select(table => table.Name)];

    public static TheoryData<string> EveryTable =>
        [.. DomainTables.All.Prepend<TableDefinition>(DomainTables.TherapyEntries).SelectMany(table => table.Tables)];

    /// <summary>
    /// Tables in which faults are planted at the same time. A backfill takes seconds, so the short form has all tables
    /// together, as far as they do not hide each other's faults.
    /// </summary>
    public static TheoryData<string[]> Together
    {
        get
        {
            // If a table lacks the same rows as those built from it, they seem to be complete.
            string[] all = [.. EveryTable.Select(table => table.Data)];
            string[] entries = [DomainTables.TherapyEntries.Name];
            string[] days = [.. DomainTables.Derived.Where(table => table.IsByDay).Select(table => table.Name)];
            return LongRun.IsAsked
                ? [.. all.Select(table => new[] { table })]
                : new TheoryData<string[]>(["boluses"], entries, days, [.. all.Except(entries).Except(days)]);
        }
    }

    /// <summary>In the short form, one table of each kind.</summary>
    public static TheoryData<string> OfEveryKind => LongRun.IsAsked
        ? Derived
        : [.. DomainTables.Derived.DistinctBy(table => table.Source).Select(table => table.Name)];

    public static TheoryData<string> Derived => [.. DomainTables.Derived.Select(table => table.Name)];

    public static TheoryData<string> OfEntries =>
        [.. DomainTables.Derived.Where(table => table.HasEntry).Select(table => table.Name)];

    public static TheoryData<string, string> Times =>
        [.. DomainTables.Derived.SelectMany(table => table.Times.Select(time => (table.Name, time.Name)))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static TableDefinition Find(string name) =>
        DomainTables.Derived.Concat(DomainTables.All).First(table => table.Name == name);

    [Fact]
    public void Every_definition_is_in_a_folder_of_its_own_with_the_script_that_makes_its_tables()
    {
        var scripts = TableScript.All.SelectMany(script => script.Tables).Order(StringComparer.Ordinal);

        Assert.Equal(
            DomainTables.All.Append<TableDefinition>(DomainTables.TherapyEntries).SelectMany(table => table.Tables)
                .Order(StringComparer.Ordinal),
            scripts);
        Assert.Distinct(DomainTables.All.Select(table => table.GetType().Namespace));
    }

    [Fact]
    public void Every_derived_table_has_a_test_of_given_entries_and_expected_rows()
    {
        var tested = typeof(TableTest).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TableTest)))
            .Select(TableOf);

        Assert.Empty(DomainTables.All.Where(table => table.IsDerived).Select(table => table.Name).Except(tested));

        static string TableOf(Type type)
        {
            using var test = (TableTest)Activator.CreateInstance(type)!;
            return test.Table;
        }
    }

    [Theory]
    [MemberData(nameof(Derived))]
    public void A_derivation_reads_the_log_only_as_its_definition_says(string name)
    {
        var table = Find(name);
        var sql = table.Derivation + TableMacros.UsedBy(table.Derivation);

        // A table of rare entries is derived only where those are, so it would miss rows of other entries.
        var readsEvents = ReadsEvents().IsMatch(sql);
        Assert.True(!readsEvents || table.Source != TableSource.TherapyEntries, $"{name} reads events.");
        Assert.True(readsEvents || table.Source != TableSource.Events, $"{name} reads no events.");
    }

    [Theory]
    [MemberData(nameof(Derived))]
    public void A_derivation_inserts_by_name_and_takes_values_from_its_parameters_only(string name)
    {
        var table = Find(name);
        foreach (var sql in new[] { table.Derivation, table.AfterMoving ?? "" })
        {
            Assert.DoesNotMatch(@"INSERT INTO \w+\s+(?!BY NAME)(SELECT|WITH|FROM|VALUES)", sql);
            Assert.DoesNotMatch(@"\w\[-?\d+\]", sql);
            foreach (var read in Variable().Matches(sql).Cast<Match>())
            {
                var set = sql.IndexOf($"SET VARIABLE {read.Groups[1].Value} =", StringComparison.Ordinal);
                Assert.True(
                    set >= 0 && set < read.Index, $"{name} reads {read.Groups[1].Value}, which it has not set.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(OfEntries))]
    public void A_derivation_has_a_use_for_the_codes_of_its_definition_and_for_no_others(string name)
    {
        var table = Find(name);
        var sql = table.Derivation + table.Subject;

        var codes = Codes().Matches(sql).SelectMany(match => Number().Matches(match.Value))
            .Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture));

        Assert.Empty(codes.Except(table.EventCodes));
        Assert.Empty(table.RowCodes.Except(table.EventCodes));
        Assert.Contains(
            name == "bookkeeping.therapy_entries" ? "is_therapy_entry(" : $"is_{name}_entry(", sql, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shared_macro_counts_as_a_part_of_the_derivations_that_use_it_and_of_no_others()
    {
        var used = TableMacros.UsedBy(Find("suspensions").Derivation);

        Assert.Contains("MACRO seconds_between(", used, StringComparison.Ordinal);
        Assert.Contains("MACRO second_us(", used, StringComparison.Ordinal);
        Assert.DoesNotContain("MACRO insulin(", used, StringComparison.Ordinal);
        Assert.Distinct(DomainTables.Derived.Select(table => table.Fingerprint));
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public async Task Every_table_has_rows_in_the_file_that_the_faults_are_planted_in(string name) =>
        Assert.True((await backfilled.File.QueryAsync<long>($"SELECT count(*) FROM {name}"))[0] > 0);

    [Theory]
    [MemberData(nameof(AllTables))]
    public async Task Two_rows_of_one_key_are_found_in_every_table(string name)
    {
        using var file = await backfilled.CopyAsync(
            $"INSERT INTO {name} FROM {name} ORDER BY {string.Join(", ", Find(name).Key)} LIMIT 1");

        Assert.Contains("domain_keys", await FailedAsync(file, "domain_keys"));
    }

    [Theory]
    [MemberData(nameof(OfEntries))]
    public async Task A_row_of_another_event_is_found_in_every_table(string name)
    {
        using var file = await backfilled.CopyAsync(
            $"UPDATE {name} SET events_id = (SELECT min(id) FROM events WHERE event_id = 90) "
            + $"WHERE events_id = (SELECT max(events_id) FROM {name})");

        Assert.Equal([Check(name), "domain_links"], await FailedAsync(file, [Check(name), .. DomainChecks.All.Select(check => check.Name)]));
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task A_time_that_is_not_its_entrys_is_found_in_every_column(string name, string time)
    {
        using var file = await backfilled.CopyAsync(
            $"UPDATE {name} SET {time} = make_timestamptz(epoch_us({time}) + 1000000) "
            + $"WHERE log_position = (SELECT min(log_position) FROM {name} WHERE {time} IS NOT NULL)");

        Assert.Equal([Check(name), "domain_times"], await FailedAsync(file, [Check(name), .. DomainChecks.All.Select(check => check.Name)]));
    }

    [Theory]
    [MemberData(nameof(OfEveryKind))]
    public async Task Other_rules_derive_their_own_table_again_and_leave_the_others_alone(string name)
    {
        using var file = await backfilled.CopyAsync(
            $"UPDATE bookkeeping.stage_versions SET version = 'old' WHERE stage LIKE '{name} %'");
        foreach (var table in DomainTables.All.Where(table => table.Name != name && table.HasEntry))
        {
            // Deriving this table again would repair it.
            TestDatabase.ExecuteAsAnotherProgram(
                file.Path, $"UPDATE {table.Name} SET pump_time = pump_time - INTERVAL 1 SECOND");
        }

        using var other = await backfilled.CopyAsync("SELECT 1");
        var before = await DumpAllAsync(file);
        await file.BackfillAsync(
            new StubSource([], (_, _, _) => "{}"), new BackfillRequest { Stages = [PipelineStage.Derive] });

        Assert.Equal(await other.DumpAsync(name), await file.DumpAsync(name));
        var after = await DumpAllAsync(file);
        Assert.Equal(before.Where(dump => dump.Key != name), after.Where(dump => dump.Key != name));
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public async Task A_changed_value_is_found_in_every_kind_of_column_of_every_table(string name)
    {
        var owner = Owner(name);
        using var file = await backfilled.CopyAsync("SELECT 1");
        using var database = await file.OpenAsync();
        var inspection = new IntegrityInspection(database, SilentObserver.Instance);
        Assert.True(CheckOf(owner).Passed);
        var columns = ColumnsOf(database, name);
        foreach (var (column, type) in LongRun.IsAsked ? columns : [.. columns.DistinctBy(column => column.Type)])
        {
            using var undone = new WriteTransaction(database);
            Assert.Equal(
                1,
                database.Execute(
                    $"UPDATE {name} SET {column} = {Change(column, type)} "
                    + $"WHERE rowid = (SELECT max(rowid) FROM {name})"));

            var check = CheckOf(owner);

            Assert.False(check.Passed, $"{name}.{column}");
            Assert.All(
                check.SampleKeys, key => Assert.StartsWith(SqlText.Unqualified(name), key, StringComparison.Ordinal));
        }

        IntegrityCheck CheckOf(TableDefinition table) => inspection.Run([Check(table.Name)], Cancellation).Single();
    }

    [Theory]
    [MemberData(nameof(Together))]
    public async Task What_is_deleted_from_any_table_is_found_and_the_next_backfill_mends_it(string[] names)
    {
        foreach (var rows in new[] { "", " WHERE rowid = (SELECT max(rowid) FROM {name})" })
        {
            await FindAndMendAsync(
                names,
                name => $"DELETE FROM {name}" + rows.Replace("{name}", name, StringComparison.Ordinal),
                rebuild: false);
        }
    }

    [Theory]
    [MemberData(nameof(Together))]
    public async Task A_row_too_many_is_found_in_every_table_and_the_next_backfill_removes_it(string[] names) =>
        await FindAndMendAsync(
            names,
            name =>
            {
                var owner = Owner(name);
                var key = (owner.Name == name ? owner.Key : owner.Companions.Single(table => table.Name == name).Key)[^1];
                return $"INSERT INTO {name} SELECT * REPLACE ({key} + 1 AS {key}) FROM {name} ORDER BY {key} DESC LIMIT 1";
            },
            rebuild: false);

    [Theory]
    [MemberData(nameof(Together))]
    public async Task A_changed_value_is_mended_by_a_rebuild(string[] names)
    {
        // Rows of a pump that is not in the file cannot be derived again.
        string Changes(string name) => string.Join(
            ", ",
            Columns(backfilled.File, name).Where(column => column.Name != "device_assignment_id")
                .Select(column => $"{column.Name} = {Change(column.Name, column.Type)}"));

        await FindAndMendAsync(names, name => $"UPDATE {name} SET {Changes(name)}", rebuild: true);
    }

    /// <summary>Plants a fault in each of some tables; each is found, and a backfill mends them all.</summary>
    private async Task FindAndMendAsync(string[] names, Func<string, string> fault, bool rebuild)
    {
        using var whole = await backfilled.CopyAsync("SELECT 1");
        using var file = await backfilled.CopyAsync(string.Join("; ", names.Select(fault)));
        string[] checks = [.. names.Select(name => Check(Owner(name).Name)).Distinct()];
        Assert.Equal(checks.Order(StringComparer.Ordinal), (await FailedAsync(file, checks)).Order(StringComparer.Ordinal));

        await file.BackfillAsync(
            new StubSource([], (_, _, _) => "{}"),
            new BackfillRequest { Stages = [PipelineStage.Derive], Rebuild = rebuild });

        await SameTables.AssertRowsAsync(whole, file);
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public async Task Nothing_is_found_where_the_next_backfill_still_has_something_to_derive(string name)
    {
        using var file = await backfilled.CopyAsync(
            $"DELETE FROM {name}; "
            + "INSERT INTO bookkeeping.underived_ranges SELECT device_assignment_id, 0, 1, NULL FROM pumps");
        var owner = Owner(name);

        Assert.Equal(owner.IsDerived, (await FailedAsync(file, Check(owner.Name))).Count == 0);
    }

    private static TableDefinition Owner(string name) =>
        DomainTables.Derived.Concat(DomainTables.All).First(table => table.Tables.Contains(name));

    private static string Check(string table) => $"derived_{SqlText.Unqualified(table)}";

    private static List<(string Name, string Type)> Columns(TestDatabase file, string table)
    {
        using var database = file.OpenAsync(DatabaseAccess.Read).GetAwaiter().GetResult();
        return ColumnsOf(database, table);
    }

    private static List<(string Name, string Type)> ColumnsOf(TandemDatabase database, string table) =>
        [.. database.Query<(string, string)>(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $table ORDER BY column_index",
            new { table = SqlText.Unqualified(table) })];

    /// <summary>A value that the column does not have.</summary>
    private static string Change(string column, string type) => type switch
    {
        "BOOLEAN" => $"{column} IS DISTINCT FROM true",
        "JSON" => "'{\"other\": 1}'",
        "VARCHAR" => $"concat({column}, 'x')",
        "DATE" => $"{column} + 1",
        "TIMESTAMP" => $"coalesce({column} + INTERVAL 1 HOUR, TIMESTAMP '2026-01-01')",
        "TIMESTAMP WITH TIME ZONE" =>
            $"coalesce(make_timestamptz(epoch_us({column}) + 3600000000), TIMESTAMPTZ '2026-01-01 00:00:00+00')",
        _ => $"CASE WHEN {column} IS NULL OR {column} = 0 THEN 1 ELSE {column} * 2 END",
    };

    private static async Task<Dictionary<string, string>> DumpAllAsync(TestDatabase file)
    {
        var dumps = new Dictionary<string, string>();
        foreach (var table in DomainTables.Derived.Where(table => table.HasEntry))
        {
            dumps[table.Name] = string.Join('\n', await file.DumpAsync(table.Name));
        }

        return dumps;
    }

    /// <summary>Which of some checks fail.</summary>
    private static async Task<List<string>> FailedAsync(TestDatabase file, params string[] names)
    {
        using var database = await file.OpenAsync(DatabaseAccess.Read);
        var checks = new IntegrityInspection(database, SilentObserver.Instance).Run(names, Cancellation).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), checks.Select(check => check.Name).Order(StringComparer.Ordinal));
        return [.. checks.Where(check => !check.Passed).Select(check => check.Name)];
    }

    [GeneratedRegex(@"\b(FROM|JOIN)\s+events\b")]
    private static partial Regex ReadsEvents();

    [GeneratedRegex(@"getvariable\('(\w+)'\)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"event_id (IN \([\d, ]+\)|= \d+|WHEN \d+( THEN '[^']*' WHEN \d+)*)")]
    private static partial Regex Codes();

    [GeneratedRegex(@"\d+(?=[,) ]|$)")]
    private static partial Regex Number();

    /// <summary>A file with rows in every table; tests copy it.</summary>
    public sealed class Backfilled : IAsyncLifetime
    {
        private const string Settings =
            """
            {"details": {"profiles": {"activeIdp": 1, "profile": [{
                "idp": 1, "name": "Workday", "insulinDuration": 300, "maxBolus": 25000, "carbEntry": "UnitsAsCarbs",
                "timeDependentSegments": [
                    {"startTime": 0, "basalRate": 850, "isf": 40, "carbRatio": 10000, "targetBg": 110},
                    {"startTime": 480, "basalRate": 700, "isf": 45, "carbRatio": 9000, "targetBg": 110}]}]}}}
            """;

        internal TestDatabase File { get; } = new();

        public async ValueTask InitializeAsync()
        {
            var log = SyntheticLog.Of(3, days: 20, sparse: true, ClockHabits.Tidy);
            await File.BackfillAsync(log.Serving(log.Entries.Values));
            TestDatabase.ExecuteAsAnotherProgram(
                File.Path,
                "UPDATE raw_events "
                + "SET raw_event_data = json_merge_patch(raw_event_data, '{\"currentGlucoseDisplayValue\": 5}') "
                + "WHERE id = (SELECT max(events_id) FROM cgm_readings)");
            await File.BackfillAsync(
                new StubSource([], (_, _, _) => "{}"),
                new BackfillRequest { Stages = [PipelineStage.Parse, PipelineStage.Derive], Rebuild = true });
            using var database = await File.OpenAsync();
            var pump = new PumpStore(database).All()[0];
            new PumpSettingsStore(database).Save(new SourcePump(
                pump.DeviceAssignmentId, null, null, null, null, null, null,
                new DateTimeOffset(2026, 6, 30, 12, 0, 0, TimeSpan.Zero), "first", Settings));
        }

        public ValueTask DisposeAsync()
        {
            File.Dispose();
            return ValueTask.CompletedTask;
        }

        internal Task<TestDatabase> CopyAsync(string change)
        {
            var copy = new TestDatabase();
            System.IO.File.Copy(File.Path, copy.Path);
            TestDatabase.ExecuteAsAnotherProgram(copy.Path, change);
            return Task.FromResult(copy);
        }
    }
}

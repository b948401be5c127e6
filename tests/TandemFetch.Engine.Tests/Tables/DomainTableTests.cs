using System.Globalization;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Storage.Integrity;
using TandemFetch.Engine.Tables;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Tables;

/// <summary>What holds for every domain table, however many there are.</summary>
public sealed partial class DomainTableTests(DomainTableTests.Backfilled backfilled)
    : IClassFixture<DomainTableTests.Backfilled>
{
    public static TheoryData<string> AllTables => [.. DomainTables.All.Select(table => table.Name)];

    public static TheoryData<string> Derived => [.. DomainTables.Derived.Select(table => table.Name)];

    public static TheoryData<string> OfEntries =>
        [.. DomainTables.Derived.Where(table => table.HasEntry).Select(table => table.Name)];

    public static TheoryData<string, string> Times =>
        [.. DomainTables.Derived.SelectMany(table => table.Times.Select(time => (table.Name, time.Name)))];

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
            .Select(type => ((TableTest)Activator.CreateInstance(type)!).Table);

        Assert.Empty(DomainTables.All.Where(table => table.IsDerived).Select(table => table.Name).Except(tested));
    }

    [Theory]
    [MemberData(nameof(Derived))]
    public void A_derivation_reads_the_log_only_as_its_definition_says(string name)
    {
        var table = Find(name);
        var sql = table.Derivation + TableMacros.UsedBy(table.Derivation);

        // A table of rare entries is derived only where those are, so that it would miss rows of other entries.
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
            name == "therapy_entries" ? "is_therapy_entry(" : $"is_{name}_entry(", sql, StringComparison.Ordinal);
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
    [MemberData(nameof(AllTables))]
    public async Task Every_table_has_rows_in_the_file_that_the_faults_are_planted_in(string name) =>
        Assert.True((await backfilled.File.QueryAsync<long>($"SELECT count(*) FROM {name}"))[0] > 0);

    [Theory]
    [MemberData(nameof(AllTables))]
    public async Task Two_rows_of_one_key_are_found_in_every_table(string name)
    {
        using var file = await backfilled.CopyAsync(
            $"INSERT INTO {name} FROM {name} ORDER BY {string.Join(", ", Find(name).Key)} LIMIT 1");

        Assert.Contains("domain_keys", await FailedAsync(file));
    }

    [Theory]
    [MemberData(nameof(OfEntries))]
    public async Task A_row_of_another_event_is_found_in_every_table(string name)
    {
        using var file = await backfilled.CopyAsync(
            $"UPDATE {name} SET events_id = (SELECT min(id) FROM events WHERE event_id = 90) "
            + $"WHERE events_id = (SELECT max(events_id) FROM {name})");

        Assert.Equal(["domain_links"], await FailedAsync(file));
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task A_time_that_is_not_its_entrys_is_found_in_every_column(string name, string time)
    {
        using var file = await backfilled.CopyAsync(
            $"UPDATE {name} SET {time} = make_timestamptz(epoch_us({time}) + 1000000) "
            + $"WHERE log_position = (SELECT min(log_position) FROM {name} WHERE {time} IS NOT NULL)");

        Assert.Equal(["domain_times"], await FailedAsync(file));
    }

    [Theory]
    [MemberData(nameof(Derived))]
    public async Task Other_rules_derive_their_own_table_again_and_leave_the_others_alone(string name)
    {
        using var file = await backfilled.CopyAsync(
            $"UPDATE stage_versions SET version = 'old' WHERE stage LIKE '{name} %'");
        foreach (var table in DomainTables.All.Where(table => table.Name != name && table.HasEntry))
        {
            // To derive this table again would set it right.
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

    private static async Task<Dictionary<string, string>> DumpAllAsync(TestDatabase file)
    {
        var dumps = new Dictionary<string, string>();
        foreach (var table in DomainTables.Derived.Where(table => table.HasEntry))
        {
            dumps[table.Name] = string.Join('\n', await file.DumpAsync(table.Name));
        }

        return dumps;
    }

    private static async Task<List<string>> FailedAsync(TestDatabase file)
    {
        using var database = await file.OpenAsync(DatabaseAccess.Read);
        return
        [
            .. new IntegrityInspection(database, SilentObserver.Instance).Run(TestContext.Current.CancellationToken)
                .Where(check => !check.Passed && check.Severity == IntegritySeverity.Fault).Select(check => check.Name),
        ];
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
        internal TestDatabase File { get; } = new();

        public async ValueTask InitializeAsync()
        {
            var log = SyntheticLog.Of(3, days: 20, sparse: true, ClockHabits.Tidy);
            await File.BackfillAsync(log.Serving(log.Entries.Values));
            TestDatabase.ExecuteAsAnotherProgram(
                File.Path,
                "INSERT INTO profiles BY NAME "
                + "SELECT 1 AS pump_settings_id, device_assignment_id, 0 AS profile_id, true AS active FROM pumps");
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

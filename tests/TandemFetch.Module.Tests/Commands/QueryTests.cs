using System.Collections.Specialized;
using System.Data;
using System.Management.Automation;
using System.Numerics;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>The results of queries, on a file that no test changes.</summary>
public sealed class QueryTests(RecordTests.Filled filled) : IClassFixture<RecordTests.Filled>
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("1::tinyint", (sbyte)1)]
    [InlineData("1::smallint", (short)1)]
    [InlineData("1", 1)]
    [InlineData("1::bigint", 1L)]
    [InlineData("1::utinyint", (byte)1)]
    [InlineData("1::usmallint", (ushort)1)]
    [InlineData("1::uinteger", 1U)]
    [InlineData("1::ubigint", 1UL)]
    [InlineData("-5::hugeint", -5L)]
    [InlineData("5::uhugeint", 5L)]
    [InlineData("1.5::float", 1.5F)]
    [InlineData("1.5::double", 1.5)]
    [InlineData("'täxt'", "täxt")]
    [InlineData("'a longer text that is not kept inline'", "a longer text that is not kept inline")]
    [InlineData("'{\"a\":1}'::json", "{\"a\":1}")]
    [InlineData("'on'::enum('off', 'on')", "on")]
    [InlineData("'10101'::bit", "10101")]
    [InlineData("'12:00:00-05'::timetz", "12:00:00.000000-05:00")]
    [InlineData("interval '1 month 2 days'", "1 months 2 days 00:00:00")]
    [InlineData("union_value(num := 2)", 2)]
    public void Values_have_the_type_that_one_would_expect(string sql, object expected) => Assert.Equal(expected, Value(sql));

    [Fact]
    public void Exact_numbers_stay_exact()
    {
        Assert.Equal(-1.25m, Value("-1.25::decimal(4, 2)"));
        Assert.Equal(123456789012345.678m, Value("123456789012345.678::decimal(18, 3)"));
        Assert.Equal(-12345678901234567890.5m, Value("-12345678901234567890.5::decimal(38, 1)"));
        Assert.Equal("1234567890123456789012345678901234567.8", Value("1234567890123456789012345678901234567.8::decimal(38, 1)"));
        Assert.Equal(BigInteger.Pow(2, 127) - 1, Value("170141183460469231731687303715884105727::hugeint"));
    }

    [Fact]
    public void Times_are_those_of_NET()
    {
        Assert.Equal(new DateTime(2026, 1, 2), Value("date '2026-01-02'"));
        Assert.Equal(new DateTime(1899, 12, 31), Value("date '1899-12-31'"));
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, 678), Value("timestamp '2026-01-02 03:04:05.678'"));
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5), Value("timestamp_s '2026-01-02 03:04:05'"));
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5), Value("timestamp_ns '2026-01-02 03:04:05'"));
        Assert.Equal(new TimeSpan(1, 2, 3), Value("time '01:02:03'"));
        Assert.Equal(TimeSpan.FromHours(-3), Value("interval '-3 hours'"));
        Assert.Equal(new TimeSpan(2, 1, 0, 0), Value("interval '2 days 1 hour'"));
    }

    [Fact]
    public void True_times_are_in_the_pumps_zone_and_days_are_its_days()
    {
        var time = Assert.IsType<DateTimeOffset>(Value("timestamptz '2026-07-02 03:04:05+00'"));

        Assert.Equal(new DateTimeOffset(2026, 7, 1, 23, 4, 5, TimeSpan.FromHours(-4)), time);
        Assert.Equal(TimeSpan.FromHours(-4), time.Offset);
        Assert.Equal(new DateTime(2026, 7, 1), Value("timestamptz '2026-07-02 03:04:05+00'::date"));
    }

    [Fact]
    public void A_time_that_NET_cannot_hold_is_the_nearest_that_it_can()
    {
        Assert.Equal(DateTime.MaxValue, Value("'infinity'::timestamp"));
        Assert.Equal(DateTime.MaxValue, Value("timestamp '20000-01-01 00:00:00'"));
        Assert.Equal(DateTime.MinValue, Value("'-infinity'::timestamp"));
    }

    [Fact]
    public void Nested_values_are_arrays_and_dictionaries()
    {
        Assert.Equal(new int?[] { 1, null, 3 }, Value("[1, null, 3]"));
        Assert.Equal(new int?[] { 1, 2 }, Value("[1, 2]::int[2]"));
        var member = Assert.IsType<OrderedDictionary>(Value("{'a': 1, 'b': ['x']}"));
        Assert.Equal(["a", "b"], member.Keys.Cast<string>());
        Assert.Equal(new[] { "x" }, member["B"]);
        var map = Assert.IsType<OrderedDictionary>(Value("map {'k': 1}"));
        Assert.Equal(1, map["k"]);
        var numbered = Assert.IsType<Dictionary<object, object?>>(Value("map {7: 'seven'}"));
        Assert.Equal("seven", numbered[7]);
    }

    [Fact]
    public void Bytes_and_ids_are_those_of_NET()
    {
        Assert.Equal("ab"u8.ToArray(), Value("'ab'::blob"));
        Assert.Equal(new Guid("12345678-9abc-def0-1234-56789abcdef0"), Value("uuid '12345678-9abc-def0-1234-56789abcdef0'"));
        Assert.Equal(new Guid("f2345678-9abc-def0-1234-56789abcdef0"), Value("uuid 'f2345678-9abc-def0-1234-56789abcdef0'"));
    }

    [Theory]
    [InlineData("integer")]
    [InlineData("varchar")]
    [InlineData("timestamptz")]
    [InlineData("decimal(5, 1)")]
    [InlineData("integer[]")]
    [InlineData("struct(a integer)")]
    [InlineData("hugeint")]
    public void Null_is_null_and_never_DBNull(string type) => Assert.Null(Value($"null::{type}"));

    [Fact]
    public void Rows_have_typed_properties_and_a_type_name()
    {
        var row = Assert.Single(Query("select 1::bigint as a, 'x' as b").Succeeded().Output);

        var properties = row!.GetType().GetProperties();
        Assert.IsType<QueryRow>(row, exactMatch: false);
        Assert.Equal(["a", "b"], properties.Select(property => property.Name));
        Assert.Equal([typeof(long?), typeof(string)], properties.Select(property => property.PropertyType));
        Assert.Equal("TandemFetch.QueryRow", PSObject.AsPSObject(row).TypeNames[0]);
        Assert.Equal("@{a=1; b=x}", row.ToString());
    }

    [Fact]
    public void Duplicate_and_blank_names_are_kept_apart()
    {
        var row = Assert.Single(Query("select 1 as a, 2 as A, 3 as a_2, 4 as \" \"").Succeeded().Output);

        Assert.Equal(["a", "A_3", "a_2", "column_4"], row!.GetType().GetProperties().Select(property => property.Name));
    }

    [Fact]
    public void An_empty_result_is_empty() => Assert.Empty(Query("select 1 where false").Succeeded().Output);

    [Fact]
    public void All_results_of_several_statements_are_emitted_under_their_own_names()
    {
        var rows = Query("select 1 as a; select 'x' as b; select 2 as a").Succeeded().Output;

        Assert.Equal(["@{a=1}", "@{b=x}", "@{a=2}"], rows.Select(row => row!.ToString()));
    }

    [Fact]
    public void Rows_of_many_chunks_all_arrive()
    {
        var run = filled.Module.Run("""
            $sum = 0L; $count = 0
            Invoke-TandemQuery 'select range as i from range(10000)' | ForEach-Object { $sum += $_.i; $count++ }
            $count; $sum
            """).Succeeded();

        Assert.Equal([10000, 49995000L], run.Output);
    }

    [Fact]
    public void A_failure_in_the_middle_is_an_error_and_not_the_end()
    {
        var run = Query("select (case when range = 50000 then 'x' else range::varchar end)::int as i from range(100000)");

        Assert.Equal(["TandemFetch.QueryFailed"], run.ErrorIds);
    }

    [Fact]
    public void A_bad_statement_is_shown_with_its_place()
    {
        var run = Query("select glucose\nfrom cgm_reading");

        Assert.Equal(["TandemFetch.QueryFailed"], run.ErrorIds);
        Assert.Contains("at line 2, column 6", run.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("LINE 2: from cgm_reading", run.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("^", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_without_a_statement_is_an_error() => Assert.Equal(["TandemFetch.QueryFailed"], Query("-- nothing").ErrorIds);

    [Fact]
    public void One_bad_query_does_not_stop_the_next()
    {
        var run = filled.Module.Run("'select 1 as a', 'selec 2', 'select 3 as a' | Invoke-TandemQuery");

        Assert.Equal(["@{a=1}", "@{a=3}"], run.Output.Select(row => row!.ToString()));
        Assert.Equal(["TandemFetch.QueryFailed"], run.ErrorIds);
    }

    [Fact]
    public void Null_false_zero_and_empty_text_are_parameters_like_any_other()
    {
        var run = filled.Module.Run("Invoke-TandemQuery 'select $n is null as n, $f as f, $z as z, $e as e' @{ n = $null; f = $false; z = 0; e = '' }");

        Assert.Equal("@{n=True; f=False; z=0; e=}", Assert.Single(run.Succeeded().Output)!.ToString());
    }

    [Fact]
    public void One_parameter_can_be_used_twice_and_in_any_case()
    {
        var run = filled.Module.Run("Invoke-TandemQuery 'select $x + $X as twice' @{ x = 21 } -As Scalar").Succeeded();

        Assert.Equal(42, Convert.ToInt32(Assert.Single(run.Output), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Parameters_keep_their_types()
    {
        var values = new object[]
        {
            new DateTime(2026, 1, 2, 3, 4, 5),
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-5)),
            12.5m,
            -0.000001m,
            TimeSpan.FromMinutes(-90),
            "ab"u8.ToArray(),
            BigInteger.Pow(2, 100),
        };

        foreach (var value in values)
        {
            var run = filled.Module.Run("param($Value) Invoke-TandemQuery 'select $v' @{ v = $Value } -As Scalar", value).Succeeded();
            Assert.Equal(value, Assert.Single(run.Output));
        }
    }

    [Fact]
    public void A_list_is_one_parameter()
    {
        var run = filled.Module.Run("Invoke-TandemQuery 'select range as i from range(10) where range = any($ids)' @{ ids = 3, 5 }").Succeeded();

        Assert.Equal(["@{i=3}", "@{i=5}"], run.Output.Select(row => row!.ToString()));
    }

    [Fact]
    public void Missing_and_unknown_parameters_are_named()
    {
        var missing = Query("select $a");
        var unknown = filled.Module.Run("Invoke-TandemQuery 'select $a' @{ a = 1; b = 2 }");

        Assert.Equal(["TandemFetch.QueryParameterMissing"], missing.ErrorIds);
        Assert.Contains("$a", missing.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["TandemFetch.QueryParameterUnknown"], unknown.ErrorIds);
        Assert.Contains("$b", unknown.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_DuckDB_has_nothing_for_is_reported()
    {
        var run = filled.Module.Run("Invoke-TandemQuery 'select $a' @{ a = { } }");

        Assert.Equal(["TandemFetch.QueryParameterUnsupported"], run.ErrorIds);
    }

    [Fact]
    public void Properties_of_piped_objects_are_parameters()
    {
        var run = filled.Module.Run("""
            [pscustomobject]@{ Id = '3' }, @{ Id = 5 } | Invoke-TandemQuery 'select range as i from range(10) where range = $id'
            """).Succeeded();

        Assert.Equal(["@{i=3}", "@{i=5}"], run.Output.Select(row => row!.ToString()));
    }

    [Fact]
    public void Lists_of_any_kind_are_parameters_as_PowerShell_makes_them()
    {
        var run = filled.Module.Run("""
            $days = [Collections.Generic.List[object]]::new()
            'a', 'b' | ForEach-Object { $days.Add($_) }
            Invoke-TandemQuery 'select $list' @{ list = $days } -As Scalar | ForEach-Object { "$_" }
            $times = [timespan]'1:00', $null, [timespan]'2:00'
            Invoke-TandemQuery 'select $list' @{ list = $times } -As Scalar | ForEach-Object { "$_" }
            Invoke-TandemQuery 'select 1 as one where now() = any($list)' @{ list = @() }
            """).Succeeded();

        Assert.Equal(["a b", "01:00:00  02:00:00"], run.Output);
    }

    [Fact]
    public void A_query_can_come_from_a_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder["few [1].sql"], "-- täglich\nselect 'ä' || count(*) as n from range(10)\nwhere range < $limit");

        var run = filled.Module.Run(
            """
            param($Folder, $Database)
            $state = $ExecutionContext.SessionState
            $state.Path.PushCurrentLocation('before')
            $null = $state.Path.SetLocation($Folder)
            $provider = $state.Provider.GetOne('FileSystem')
            $drive = [Management.Automation.PSDriveInfo]::new('sql', $provider, $Folder, '', $null)
            $null = $state.Drive.New($drive, 'Local')
            try {
                Invoke-TandemQuery -InputFile 'few [1].sql' @{ limit = 3 } -As Scalar -Database $Database
                Invoke-TandemQuery -InputFile 'sql:few [1].sql' -Parameter @{ limit = 4 } -As Scalar -Database $Database
                @{ limit = 5 }, @{ limit = 6 } |
                    Invoke-TandemQuery -InputFile "$Folder/few [1].sql" -As Scalar -Database $Database
            }
            finally { $null = $state.Path.PopLocation('before') }
            """,
            folder.FullPath,
            filled.Module.Database).Succeeded();

        Assert.Equal(["ä3", "ä4", "ä5", "ä6"], run.Output);
    }

    [Fact]
    public void A_file_that_has_no_query_is_reported()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["empty.sql"], " \n");
        File.WriteAllBytes(folder["latin.sql"], [.. "select '"u8, 0xE4, .. "'"u8]);
        File.WriteAllText(folder["broken.sql"], "select 1 where 1 < ");

        var missing = OfFile("missing.sql");
        var broken = OfFile("broken.sql");

        Assert.Equal(["TandemFetch.QueryFileNotFound"], missing.ErrorIds);
        Assert.Contains(folder["missing.sql"], missing.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["TandemFetch.QueryFileEmpty"], OfFile("empty.sql").ErrorIds);
        Assert.Equal(["TandemFetch.QueryFileInvalid"], OfFile("latin.sql").ErrorIds);
        Assert.Equal(["TandemFetch.QueryFileInvalid"], OfFile("").ErrorIds);
        Assert.Equal(["TandemFetch.QueryFileInvalid"], OfPath("Env:PATH").ErrorIds);
        Assert.Equal(["TandemFetch.QueryFailed"], broken.ErrorIds);
        Assert.DoesNotContain("single quotes", broken.Error.ToString(), StringComparison.Ordinal);

        ScriptRun OfFile(string name) => OfPath(folder[name]);

        ScriptRun OfPath(string path) => filled.Module.Run("Invoke-TandemQuery -InputFile $args[0]", path);
    }

    [Fact]
    public void A_query_is_either_text_or_a_file()
    {
        var run = filled.Module.Run("Invoke-TandemQuery -Query 'select 1' -InputFile x.sql");

        Assert.StartsWith("AmbiguousParameterSet", Assert.Single(run.ErrorIds), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_PowerShell_has_expanded_is_hinted_at()
    {
        var run = filled.Module.Run("Invoke-TandemQuery \"select 1 where 1 < $NoSuchLimit\" @{ NoSuchLimit = 70 }");

        Assert.Equal(["TandemFetch.QueryFailed"], run.ErrorIds);
        Assert.Contains("single quotes", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_come_as_table_scalar_or_dictionary_too()
    {
        var table = Assert.IsType<DataTable>(Single("Invoke-TandemQuery 'select 1 as a, null::int as b' -As DataTable"));
        Assert.Equal([1, DBNull.Value], table.Rows[0].ItemArray);
        Assert.Equal(1, Single("Invoke-TandemQuery 'select unnest([1, 2]), 5' -As Scalar"));
        var row = Assert.IsType<OrderedDictionary>(Single("Invoke-TandemQuery 'select 1 as b, 2 as a' -As Dictionary"));
        Assert.Equal(["b", "a"], row.Keys.Cast<string>());
    }

    [Theory]
    [InlineData("delete from events")]
    [InlineData("select 1; drop table events")]
    [InlineData("explain analyze delete from events")]
    [InlineData("select nextval('raw_events_id_seq')")]
    [InlineData("create temp table t as select 1")]
    [InlineData("copy (select 1) to 'data/tandem.db'")]
    [InlineData("copy (select 1) to 'other.csv'")]
    [InlineData("export database 'there'")]
    [InlineData("attach 'other.db'")]
    [InlineData("commit; delete from events")]
    [InlineData("prepare p as delete from events")]
    [InlineData("checkpoint")]
    [InlineData("set threads = 1")]
    [InlineData("load json")]
    public void A_query_cannot_change_anything(string sql)
    {
        var before = Contents();

        var run = Query(sql);

        Assert.Equal(["TandemFetch.QueryReadOnly"], run.ErrorIds);
        Assert.Equal(before, Contents());
        Assert.Equal(["data"], Directory.GetFileSystemEntries(filled.Module.Folder.FullPath).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("show tables")]
    [InlineData("describe events")]
    [InlineData("summarize pipeline_runs")]
    [InlineData("explain select 1")]
    [InlineData("from pumps select serial_number")]
    [InlineData("with one as (select 1 as a) select * from one")]
    [InlineData("pragma table_info(events)")]
    [InlineData("pivot cgm_readings on status using count(*) group by device_assignment_id")]
    public void Whatever_only_reads_is_allowed(string sql) => Assert.NotEmpty(Query(sql).Succeeded().Output);

    [Fact]
    public void A_writer_in_the_same_process_does_not_open_the_door()
    {
        var run = filled.Module.Run("""
            'select 1 as held; select 2 as held' | Invoke-TandemQuery -AllowWrite | ForEach-Object { Invoke-TandemQuery 'delete from events' }
            Invoke-TandemQuery 'select count(*) > 0 from events' -As Scalar
            """);

        Assert.Equal([true], run.Output);
        Assert.All(run.ErrorIds, id => Assert.Equal("TandemFetch.QueryReadOnly", id));
        Assert.Equal(2, run.Errors.Count);
    }

    [Fact]
    public async Task A_query_that_runs_for_ever_can_be_stopped()
    {
        var run = await filled.Module.RunUntilAsync(
            "Invoke-TandemQuery 'select count(*) from range(1000000000000) where range % 3 = 1'", Task.CompletedTask);

        Assert.Equal(["PipelineStopped"], run.ErrorIds);
    }

    private long Contents() => (long)Single("Invoke-TandemQuery 'select count(*) from events' -As Scalar")!;

    private object? Value(string sql) => Single($"Invoke-TandemQuery 'select {sql.Replace("'", "''", StringComparison.Ordinal)}' -As Scalar");

    private object? Single(string script) => Assert.Single(filled.Module.Run(script).Succeeded().Output);

    private ScriptRun Query(string sql) => filled.Module.Run("param($Sql) Invoke-TandemQuery $Sql", sql);
}

using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>Users' own objects lie beside the pump's data, and neither touches the other.</summary>
public sealed class OwnTableTests(OwnTableTests.Filled filled) : IClassFixture<OwnTableTests.Filled>
{
    private static int _tables;

    private readonly string _table = $"t{Interlocked.Increment(ref _tables)}";

    private SandboxedModule Module => filled.Module;

    [Theory]
    [InlineData("[pscustomobject]@{ carbs = 45; note = 'oatmeal' }, [pscustomobject]@{ carbs = 12.5 } | Write-TandemTable TABLE")]
    [InlineData("@{ carbs = 45; note = 'oatmeal' }, [ordered]@{ carbs = 12.5 } | Write-TandemTable own.TABLE")]
    [InlineData("Write-TandemTable TABLE -InputObject @([pscustomobject]@{ carbs = 45; note = 'oatmeal' }, @{ carbs = 12.5 })")]
    [InlineData("'carbs,note', '45,oatmeal', '12.5,' | ConvertFrom-Csv | Write-TandemTable TABLE")]
    [InlineData("Invoke-TandemQuery \"select 45 as carbs, 'oatmeal' as note union all by name select 12.5 as carbs\" | Write-TandemTable TABLE")]
    [InlineData("Invoke-TandemQuery \"select 45 as carbs, 'oatmeal' as note union all by name select 12.5 as carbs\" -As DataTable | Write-TandemTable TABLE")]
    [InlineData("$null, @{ carbs = 45; note = 'oatmeal' }, $null, @{ carbs = 12.5; note = $null } | Write-TandemTable TABLE")]
    public void Objects_of_any_kind_become_rows(string script)
    {
        var written = Assert.Single(Run(script).Succeeded().OutputOf<DatabaseTable>());

        Assert.Equal("own." + _table, written.Table);
        Assert.Equal(2, written.Rows);
        Assert.Equal(["carbs", "note"], written.Columns.Select(column => column.Name).Order());
        Assert.Equal(57.5, Convert.ToDouble(Run("Invoke-TandemQuery 'select sum(carbs) from own.TABLE' -As Scalar").Succeeded().Output[0], null));
        Assert.Equal(["oatmeal"], Run("(Invoke-TandemQuery 'select note from own.TABLE').note | Where-Object { $_ }").Succeeded().Output);
    }

    [Fact]
    public void A_table_survives_a_rebuild_and_is_seen_by_the_other_commands()
    {
        Run("[pscustomobject]@{ timestamp = [DateTimeOffset]'2026-04-20 08:00 -04:00'; mmol = 0.4 } | Write-TandemTable TABLE").Succeeded();

        var run = Run("""
            Invoke-TandemBackfill -Stage Parse, Derive -Rebuild | Out-Null
            (Get-TandemTable own.TABLE).Rows
            (Get-TandemTable own.TABLE).First.ToString('o')
            (Export-TandemData own.TABLE TABLE.csv -Since 2026-04-20 -Until 2026-04-21).Rows
            Get-Content TABLE.csv
            Invoke-TandemQuery 'select c.glucose > 0 from own.TABLE as k asof join cgm_readings as c on k.timestamp >= c.timestamp' -As Scalar
            """).Succeeded();

        Assert.Equal(
            [
                1L, "2026-04-20T08:00:00.0000000-04:00", 1L, "timestamp,timestamp_offset,mmol", "2026-04-20 08:00:00,UTC-04:00,0.4", true,
            ],
            run.Output);
        Assert.Empty(Module.Findings(Module.Database));
    }

    /// <summary>The checks compare each table with a second derivation, column by column.</summary>
    [Fact]
    public void The_checks_read_the_pumps_tables_whatever_the_users_are_called()
    {
        Run("Invoke-TandemQuery 'create schema if not exists own; create table own.boluses (x integer)' -AllowWrite").Succeeded();

        Assert.Empty(Module.Findings(Module.Database));
        Assert.Equal(["own.boluses"], Run("Write-TandemTable boluses -InputObject @{ x = 1 } | ForEach-Object Table").Succeeded().Output);
        Run("Invoke-TandemQuery 'drop table own.boluses' -AllowWrite").Succeeded();
    }

    [Theory]
    [InlineData("'a', 'b' | Write-TandemTable TABLE", "TableRowInvalid")]
    [InlineData("1..3 | Write-TandemTable TABLE", "TableRowInvalid")]
    [InlineData("@{} | Write-TandemTable TABLE", "TableRowInvalid")]
    [InlineData("@{ tags = 1, 2 } | Write-TandemTable TABLE", "TableValueUnsupported")]
    [InlineData("@{ inner = @{ a = 1 } } | Write-TandemTable TABLE", "TableValueUnsupported")]
    [InlineData("@{ inner = [pscustomobject]@{ a = 1 } } | Write-TandemTable TABLE", "TableValueUnsupported")]
    [InlineData("@{ a = 1 }, @{ a = 'x' } | Write-TandemTable TABLE", "TableTypeConflict")]
    [InlineData("@{ a = 1 } | Write-TandemTable alerts", "TableNameReserved")]
    [InlineData("@{ a = 1 } | Write-TandemTable main.alerts", "TableNameInvalid")]
    [InlineData("@{ a = 1 } | Write-TandemTable TABLE -Database nowhere.db", "DatabaseNotFound")]
    public void What_cannot_be_stored_is_reported_and_nothing_is_stored(string script, string errorId)
    {
        Assert.Equal([$"TandemFetch.{errorId}"], Run(script).ErrorIds);
        Assert.Equal(["TandemFetch.TableUnknown"], Run("Get-TandemTable own.TABLE").ErrorIds);
        Assert.False(File.Exists(Module.Folder["nowhere.db"]));
    }

    [Fact]
    public void Text_stays_text_where_the_user_says_so()
    {
        Run("'code,note', '12,34' | ConvertFrom-Csv | Write-TandemTable TABLE -TextColumn c*").Succeeded();

        Assert.Equal(["VARCHAR", "BIGINT"], Run("(Get-TandemTable own.TABLE).Columns.Type").Succeeded().Output);
    }

    [Fact]
    public void WhatIf_stores_nothing_and_no_objects_replace_nothing()
    {
        Run("@{ a = 1 } | Write-TandemTable TABLE").Succeeded();

        var run = Run("""
            @{ a = 2 } | Write-TandemTable TABLE -Replace -WhatIf
            @() | Write-TandemTable TABLE -Replace
            """).Succeeded();

        Assert.Empty(run.Output);
        Assert.Single(run.Warnings);
        Assert.Equal([1L], Run("Invoke-TandemQuery 'select a from own.TABLE' -As Scalar").Succeeded().Output);
    }

    private ScriptRun Run(string script) => Module.Run(script.Replace("TABLE", _table, StringComparison.Ordinal));

    /// <summary>A few days of a pump.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal SandboxedModule Module { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Module = await SandboxedModule.FilledAsync();

        public ValueTask DisposeAsync() => Module.DisposeAsync();
    }
}

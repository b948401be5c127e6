using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

public sealed class WritingQueryTests
{
    private static readonly SandboxOptions FewDays = new() { Days = 2, EndDate = new DateOnly(2026, 4, 20), Sparse = true };

    [Fact]
    public async Task AllowWrite_lets_several_statements_build_on_each_other()
    {
        await using var module = await SandboxedModule.FilledAsync(FewDays);

        var run = module.Run("""
            Invoke-TandemQuery 'create table notes (day date, note varchar); insert into notes values ($day, $note); select note from notes' `
                @{ day = [datetime]'2026-04-20'; note = 'travel' } -AllowWrite -As Scalar
            """).Succeeded();

        Assert.Equal("travel", run.Output[^1]);
        Assert.Equal(["travel"], module.Run("Invoke-TandemQuery 'select note from notes' -As Scalar").Succeeded().Output);
    }

    [Fact]
    public async Task Returned_rows_are_emitted_and_affected_rows_are_counted_on_the_verbose_stream()
    {
        await using var module = await SandboxedModule.FilledAsync(FewDays);

        var run = module.Run("""
            Invoke-TandemQuery -AllowWrite -Verbose @'
                CREATE TABLE notes (day DATE, note VARCHAR);
                INSERT INTO notes VALUES ('2026-04-20', 'travel'), ('2026-04-21', 'back');
                UPDATE notes SET note = 'home' WHERE note = 'back';
                DELETE FROM notes RETURNING note
            '@
            """).Succeeded();

        Assert.Equal(["@{note=travel}", "@{note=home}"], run.Output.Select(row => row!.ToString()));
        Assert.Equal(
            ["2 rows affected.", "1 row affected."],
            run.Verbose.Where(line => line.Contains("affected", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_view_counts_as_a_table()
    {
        await using var module = await SandboxedModule.FilledAsync(FewDays);
        module.Run("""
            Invoke-TandemQuery -AllowWrite @'
                CREATE VIEW few AS
                    SELECT timestamp, glucose, device_assignment_id FROM cgm_readings WHERE glucose < 500;
                COMMENT ON VIEW few IS 'Readings below 500.';
                CREATE TABLE gone (id INTEGER);
                CREATE VIEW broken AS FROM gone;
                DROP TABLE gone
            '@
            """).Succeeded();

        var one = Assert.Single(module.Run("Get-TandemTable few").Succeeded().OutputOf<DatabaseTable>());
        var all = module.Run("Get-TandemTable");
        var exported = module.Run("Export-TandemData few few.csv -Since 2026-04-01").Succeeded()
            .OutputOf<ExportedData>();

        var known = module.Run("Invoke-TandemQuery 'SELECT count(*) FROM few' -As Scalar").Succeeded();
        Assert.Equal("Readings below 500.", one.Description);
        Assert.Equal(["timestamp", "glucose", "device_assignment_id"], one.Columns.Select(column => column.Name));
        Assert.Equal(known.Output, [one.Rows]);
        Assert.NotNull(one.First);
        Assert.Equal(["TandemFetch.TableUnreadable"], all.ErrorIds);
        Assert.Contains("broken", all.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(new[] { "events", "few", "pumps" }.Except(
            all.OutputOf<DatabaseTable>().Select(table => table.Table)));
        Assert.Equal(known.Output, [exported.Single().Rows]);
    }

    [Fact]
    public async Task WhatIf_writes_nothing()
    {
        await using var module = await SandboxedModule.FilledAsync(FewDays);

        module.Run("Invoke-TandemQuery 'drop table events' -AllowWrite -WhatIf").Succeeded();

        module.Run("Invoke-TandemQuery 'select 1 from events limit 1'").Succeeded();
    }
}

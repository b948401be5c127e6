using TandemFetch.Module.Tests.Support;
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
    public async Task WhatIf_writes_nothing()
    {
        await using var module = await SandboxedModule.FilledAsync(FewDays);

        module.Run("Invoke-TandemQuery 'drop table events' -AllowWrite -WhatIf").Succeeded();

        module.Run("Invoke-TandemQuery 'select 1 from events limit 1'").Succeeded();
    }
}

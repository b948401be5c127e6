using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

public sealed class BackfillTests
{
    [Fact]
    public async Task A_backfill_emits_one_result_per_stage_and_pump()
    {
        await using var module = await SandboxedModule.StartAsync();

        var runs = module.Run($"{module.Connect}; Invoke-TandemBackfill").Succeeded().OutputOf<PipelineRun>();

        Assert.Equal([PipelineStage.Fetch, PipelineStage.Parse, PipelineStage.Derive], runs.Select(run => run.Stage));
        Assert.All(runs, run => Assert.Equal(PipelineOutcome.Completed, run.Outcome));
        Assert.All(runs, run => Assert.True(run.RowsOut > 0));
    }

    [Fact]
    public async Task A_second_backfill_adds_nothing()
    {
        await using var module = await SandboxedModule.FilledAsync();
        var before = module.Run("Invoke-TandemQuery 'select count(*) from raw_events' -As Scalar").Succeeded();

        var runs = module.Run("Invoke-TandemBackfill").Succeeded().OutputOf<PipelineRun>();

        var after = module.Run("Invoke-TandemQuery 'select count(*) from raw_events' -As Scalar").Succeeded();
        Assert.All(runs, run => Assert.Equal(0, run.RowsOut));
        Assert.Equal(before.Output, after.Output);
    }

    [Fact]
    public async Task WhatIf_makes_no_file_and_WhatIf_after_a_backfill_changes_none()
    {
        await using var module = await SandboxedModule.StartAsync();
        module.Run(module.Connect).Succeeded();

        var planned = await module.RunApartAsync("Invoke-TandemBackfill -WhatIf");
        Assert.False(Directory.Exists(Path.GetDirectoryName(module.Database)));

        module.Run("Invoke-TandemBackfill").Succeeded();
        var runs = module.Run("Invoke-TandemBackfill -WhatIf; Get-TandemPipelineRun").Succeeded().OutputOf<PipelineRun>();
        Assert.Contains("Fetch 2026-04-1", planned.Output, StringComparison.Ordinal);
        Assert.Equal(3, runs.Count);
    }

    [Fact]
    public async Task Stages_can_run_one_by_one()
    {
        await using var module = await SandboxedModule.StartAsync();

        var runs = module.Run($"""
            {module.Connect}
            Invoke-TandemBackfill -Stage Fetch
            Invoke-TandemBackfill -Stage Parse
            Invoke-TandemBackfill -Stage Derive
            """).Succeeded().OutputOf<PipelineRun>();

        Assert.Equal([PipelineStage.Fetch, PipelineStage.Parse, PipelineStage.Derive], runs.Select(run => run.Stage));
        Assert.All(runs, run => Assert.True(run.RowsOut > 0));
    }

    [Fact]
    public async Task Parsing_needs_no_session()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var runs = module.Run("Disconnect-TandemSource; Invoke-TandemBackfill -Stage Parse, Derive -Rebuild").Succeeded().OutputOf<PipelineRun>();

        Assert.Equal(2, runs.Count);
        Assert.All(runs, run => Assert.True(run.RowsOut > 0));
    }

    [Fact]
    public async Task Pumps_from_the_pipeline_are_collected_and_run_once()
    {
        await using var module = await SandboxedModule.StartAsync(
            new SandboxOptions { Days = 3, EndDate = new DateOnly(2026, 4, 20), Pumps = 2, Sparse = true });

        var runs = module.Run($"{module.Connect}; Get-TandemPump | Invoke-TandemBackfill").Succeeded().OutputOf<PipelineRun>();

        Assert.Equal(6, runs.Count);
        Assert.Equal(2, runs.Select(run => run.PumpSerial).Distinct().Count());
    }

    [Fact]
    public async Task Pumps_known_to_the_file_can_go_on_into_a_backfill()
    {
        await using var module = await SandboxedModule.FilledAsync();

        var runs = module.Run("Disconnect-TandemSource; Get-TandemPump | Invoke-TandemBackfill -Stage Parse").Succeeded();

        Assert.Single(runs.Output);
    }

    [Fact]
    public async Task A_pipeline_without_pumps_fetches_none()
    {
        await using var module = await SandboxedModule.StartAsync();

        var run = module.Run($"{module.Connect}; @() | Invoke-TandemBackfill").Succeeded();

        Assert.Empty(run.Output);
        Assert.False(File.Exists(module.Database));
    }

    [Fact]
    public async Task A_range_of_days_fetches_those_days()
    {
        await using var module = await SandboxedModule.StartAsync();

        var days = module.Run($"""
            {module.Connect}
            $null = Invoke-TandemBackfill -Since 2026-04-19T12:00-04:00 -Until 2026-04-19T13:00-04:00
            Invoke-TandemQuery 'select distinct pump_time::date as day from raw_events' -As Scalar
            """).Succeeded().Output;

        Assert.Equal([new DateTime(2026, 4, 19)], days);
    }

    [Fact]
    public async Task Verbose_tells_the_story_and_progress_is_shown()
    {
        await using var module = await SandboxedModule.StartAsync();

        var run = module.Run($"{module.Connect}; Invoke-TandemBackfill -Verbose").Succeeded();

        Assert.Contains(run.Verbose, line => line.Contains("entries received", StringComparison.Ordinal));
        Assert.NotEmpty(run.Progress);
    }

    [Fact]
    public async Task No_stream_and_no_file_has_the_password_or_the_address()
    {
        await using var module = await SandboxedModule.StartAsync();

        var run = module.Run($"{module.Connect} -PassThru -Verbose -Debug; Invoke-TandemBackfill -Verbose -Debug; Get-TandemPump");

        var said = string.Join('\n', run.Verbose.Concat(run.Debug).Concat(run.Warnings).Concat(run.Output.Select(item => item?.ToString())));
        Assert.DoesNotContain(SandboxOptions.Email, said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Bearer", said, StringComparison.Ordinal);
        var file = await File.ReadAllTextAsync(module.Database, System.Text.Encoding.Latin1, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(SandboxOptions.Email, file, StringComparison.OrdinalIgnoreCase);
    }
}

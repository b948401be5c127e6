using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Hosting;

/// <summary>Asynchronous bodies, as commands run them through <see cref="TandemCommand"/>.</summary>
public sealed class AwaitTests
{
    [Fact]
    public void Everything_a_body_says_arrives_on_its_stream_in_order()
    {
        using var session = new PowerShellSession(typeof(TellCommand));

        var run = session.Run("Test-Tell -Verbose -Debug -WarningAction Continue -InformationAction Continue").Succeeded();

        Assert.Equal([1, 2, 3], run.OutputOf<int>());
        Assert.Equal(["story"], run.Verbose);
        Assert.Equal(["detail"], run.Debug);
        Assert.Equal(["beware"], run.Warnings);
        Assert.Equal("summary", Assert.Single(run.Information).MessageData);
        Assert.Equal([50, 100], run.Progress.Select(record => record.PercentComplete));
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
    }

    [Fact]
    public void WhatIf_is_answered_with_no()
    {
        using var session = new PowerShellSession(typeof(AskCommand));

        Assert.Equal([false], session.Run("Test-Ask -WhatIf").Succeeded().Output);
        Assert.Equal([true], session.Run("Test-Ask").Succeeded().Output);
    }

    [Fact]
    public void A_failed_item_does_not_end_the_command()
    {
        using var session = new PowerShellSession(typeof(FailCommand));

        var run = session.Run("Test-Fail -ItemOnly");

        Assert.False(run.WasTerminated);
        Assert.Equal("TandemFetch.WindowFailed,TandemFetch.Module.Tests.Hosting.AwaitTests+FailCommand", run.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ConnectionError, run.Error.CategoryInfo.Category);
        Assert.Equal("2026-04-01", run.Error.TargetObject);
        Assert.Equal(["went on"], run.Output);
    }

    [Fact]
    public void A_failed_item_ends_the_command_where_the_user_wants_it_to()
    {
        using var session = new PowerShellSession(typeof(FailCommand));

        var run = session.Run("try { Test-Fail -ItemOnly -ErrorAction Stop } catch { \"caught $($_.FullyQualifiedErrorId)\" }");

        Assert.Equal(["caught TandemFetch.WindowFailed,TandemFetch.Module.Tests.Hosting.AwaitTests+FailCommand"], run.Output);
    }

    [Fact]
    public void A_failure_of_the_whole_ends_the_command()
    {
        using var session = new PowerShellSession(typeof(FailCommand));

        var run = session.Run("Test-Fail; 'next statement'");

        Assert.Equal(["TandemFetch.WindowFailed"], run.ErrorIds);
        Assert.Equal(["next statement"], run.Output);
    }

    [Fact]
    public void A_fault_has_an_id_of_its_own()
    {
        using var session = new PowerShellSession(typeof(FailCommand));

        Assert.Equal(["TandemFetch.Unexpected"], session.Run("Test-Fail -Fault").ErrorIds);
    }

    [Fact]
    public void A_pipeline_that_wants_no_more_ends_the_body()
    {
        using var session = new PowerShellSession(typeof(EndlessCommand));
        var log = new EndlessLog();

        var run = session.Run("param($Log) foreach ($once in 1) { Test-Endless -Log $Log | ForEach-Object { $_; break } }; 'after'", log).Succeeded();

        Assert.Equal([1, "after"], run.Output);
        Assert.True(log.Ended.IsCompleted);
        Assert.InRange(log.Made, 1, 70);
    }

    [Fact]
    public async Task Stopping_the_command_ends_the_body()
    {
        using var session = new PowerShellSession(typeof(EndlessCommand));
        var log = new EndlessLog();
        session.Run("param($Log) $global:log = $Log", log).Succeeded();

        await session.RunUntilAsync("Test-Endless -Log $log -Silent", log.Started);

        await log.Ended;
    }

    /// <summary>What a command without an end did.</summary>
    public sealed class EndlessLog
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>How many objects were passed to the pipeline.</summary>
        public int Made { get; set; }

        /// <summary>The body has started.</summary>
        public Task Started => _started.Task;

        /// <summary>The body has finished.</summary>
        public Task Ended => _ended.Task;

        internal void Start() => _started.TrySetResult();

        internal void End() => _ended.TrySetResult();
    }

    [Cmdlet(VerbsDiagnostic.Test, "Tell")]
    public sealed class TellCommand : TandemCommand
    {
        protected override void End() => Await(async (pipeline, cancellationToken) =>
        {
            using var observer = new CmdletObserver(pipeline);
            pipeline.WriteObject(1);
            await Task.Yield();
            observer.Verbose("story");
            observer.Debug("detail");
            observer.Warning("beware");
            observer.Progress(new RunProgress("Fetch", "window 1 of 2", 1, 2, TimeSpan.FromSeconds(3)));
            observer.Progress(new RunProgress("Fetch", "window 2 of 2", 2, 2, TimeSpan.Zero));
            pipeline.WriteObject(2);
            pipeline.WriteInformation("summary");
            await Task.Delay(TimeSpan.Zero, cancellationToken);
            pipeline.WriteObject(3);
        });
    }

    [Cmdlet(VerbsDiagnostic.Test, "Ask", SupportsShouldProcess = true)]
    public sealed class AskCommand : TandemCommand
    {
        protected override void End() => Await((pipeline, _) =>
        {
            pipeline.WriteObject(pipeline.ShouldProcess("the file", "Write"));
            return Task.CompletedTask;
        });
    }

    [Cmdlet(VerbsDiagnostic.Test, "Fail")]
    public sealed class FailCommand : TandemCommand
    {
        [Parameter]
        public SwitchParameter ItemOnly { get; set; }

        [Parameter]
        public SwitchParameter Fault { get; set; }

        protected override void End() => Await(async (pipeline, _) =>
        {
            await Task.Yield();
            if (Fault)
            {
                throw new InvalidCastException("A fault.");
            }

            var failure = new TandemException("WindowFailed", TandemErrorKind.Connection, "The window failed.", "2026-04-01");
            if (!ItemOnly)
            {
                throw failure;
            }

            pipeline.WriteFailure(failure);
            pipeline.WriteObject("went on");
        });
    }

    [Cmdlet(VerbsDiagnostic.Test, "Endless")]
    public sealed class EndlessCommand : TandemCommand
    {
        [Parameter(Mandatory = true)]
        public EndlessLog Log { get; set; } = null!;

        [Parameter]
        public SwitchParameter Silent { get; set; }

        protected override void End() => Await(async (pipeline, cancellationToken) =>
        {
            try
            {
                Log.Start();
                while (!Silent)
                {
                    pipeline.WriteObject(++Log.Made);
                }

                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Log.End();
            }
        });
    }
}

using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests.Hosting;

/// <summary>The parameters that commands share.</summary>
public sealed class ParameterTests
{
    [Fact]
    public void The_database_is_data_tandem_db_under_the_current_location()
    {
        using var folder = new TemporaryFolder();
        using var session = new PowerShellSession(typeof(PathCommand));

        var run = session.Run("param($Folder) $ExecutionContext.SessionState.Path.SetLocation($Folder); Test-Path1; $ExecutionContext.SessionState.Path.SetLocation('Env:'); Test-Path1", folder.FullPath);

        var expected = Path.Join(folder.FullPath, "data", "tandem.db");
        Assert.Equal([expected, expected], run.Succeeded().OutputOf<object>().Where(item => item is string));
    }

    [Fact]
    public void The_database_may_be_named_relative_to_the_current_location()
    {
        using var folder = new TemporaryFolder();
        using var session = new PowerShellSession(typeof(PathCommand));

        var run = session.Run("param($Folder) [void]$ExecutionContext.SessionState.Path.SetLocation($Folder); Test-Path1 -Database ./years/[2026].db; Test-Path1 -Database ~/x.db", folder.FullPath);

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal([Path.Join(folder.FullPath, "years", "[2026].db"), Path.Join(home, "x.db")], run.Succeeded().Output);
    }

    [Fact]
    public void A_database_outside_the_file_system_is_refused()
    {
        using var session = new PowerShellSession(typeof(PathCommand));

        Assert.Equal(["TandemFetch.DatabasePathInvalid"], session.Run("Test-Path1 -Database Env:/PATH").ErrorIds);
        Assert.Equal(["TandemFetch.DatabasePathInvalid"], session.Run("Test-Path1 -Database nosuch:/x.db").ErrorIds);
    }

    [Fact]
    public void Last_counts_back_from_now()
    {
        using var session = new PowerShellSession(typeof(RangeCommand));

        var run = session.Run("Test-Range -Last 1.00:00:00; Test-Range -Last 01:00:00 -Until 2026-04-02T00:00:00Z").Succeeded();

        Assert.Equal(["2026-03-31T12:00:00Z..", "2026-04-01T23:00:00Z..2026-04-02T00:00:00Z"], run.Output);
    }

    [Fact]
    public void Ranges_that_make_no_sense_are_refused()
    {
        using var session = new PowerShellSession(typeof(RangeCommand));

        Assert.Equal(["TandemFetch.TimeRangeInvalid"], session.Run("Test-Range -Since 2026-04-02 -Until 2026-04-01").ErrorIds);
        Assert.Equal(["TandemFetch.TimeRangeInvalid"], session.Run("Test-Range -Last 0").ErrorIds);
        Assert.Equal(["TandemFetch.TimeRangeConflict"], session.Run("Test-Range -Since 2026-04-02 -Last 1:00").ErrorIds);
    }

    [Cmdlet(VerbsDiagnostic.Test, "Path1")]
    public sealed class PathCommand : DatabaseCommand
    {
        protected override void End() => WriteObject(ResolveDatabasePath());
    }

    [Cmdlet(VerbsDiagnostic.Test, "Range")]
    public sealed class RangeCommand : TimeRangeCommand
    {
        public RangeCommand() => Clock = new StoppedClock();

        protected override void End()
        {
            CheckTimeRange();
            var (since, until) = ResolveTimeRange(null);
            WriteObject($"{since?.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}..{until?.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);
    }
}

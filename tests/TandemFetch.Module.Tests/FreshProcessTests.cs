using System.Text.RegularExpressions;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests;

/// <summary>What only a process that has loaded nothing yet can show.</summary>
public sealed class FreshProcessTests
{
    [Fact]
    public async Task A_fresh_process_imports_the_built_module_and_opens_a_database()
    {
        using var folder = new TemporaryFolder();

        var run = await ShellProcess.RunAsync(folder.FullPath, "-c", """
            $contexts = [System.Runtime.Loader.AssemblyLoadContext]
            $engine = $contexts::Default.LoadFromAssemblyName('TandemFetch.Engine')
            $duckdb = $contexts::GetLoadContext($engine).LoadFromAssemblyName('DuckDB.NET.Data')
            $connection = [Activator]::CreateInstance($duckdb.GetType('DuckDB.NET.Data.DuckDBConnection'), 'Data Source=new.db')
            $connection.Open()
            $command = $connection.CreateCommand()
            $command.CommandText = 'select 6 * 7'
            "the answer is $($command.ExecuteScalar())"
            $connection.Dispose()
            "in default: $($contexts::Default.Assemblies.Where{ $_.GetName().Name -match 'DuckDB|Dapper|Polly|Tomlyn|Engine' })"
            """);

        Assert.Equal("", run.Errors);
        Assert.Equal(["the answer is 42", "in default:"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(folder["new.db"]));
    }

    [Fact]
    public async Task A_second_version_in_a_session_is_one_clear_error()
    {
        using var folder = new TemporaryFolder();

        var run = await ShellProcess.RunAsync(folder.FullPath, "-c", """
            Copy-Item -Recurse (Get-Module TandemFetch).ModuleBase second
            Import-Module ./second/TandemFetch.psd1
            (Get-TandemConfiguration).Count -gt 0
            """);

        Assert.Single(Regex.Matches(run.Errors, "This session has already loaded TandemFetch from"));
        Assert.DoesNotContain("TypeData", run.Errors, StringComparison.Ordinal);
        Assert.Contains(
            $"Start a new session to use the one in '{folder["second"]}'.", run.Errors, StringComparison.Ordinal);
        Assert.Equal("True", run.Output.Trim());
    }

    [Fact]
    public async Task An_error_goes_to_stderr_in_plain_text_and_makes_the_exit_code_1_as_in_pwsh()
    {
        using var folder = new TemporaryFolder();

        var run = await ShellProcess.RunAsync(folder.FullPath, "-c", "'before'; Get-Nothing");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"before{Environment.NewLine}", run.Output);
        Assert.StartsWith("Get-Nothing:", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_that_is_redirected_is_plain_UTF_8_without_progress()
    {
        using var folder = new TemporaryFolder();

        var run = await ShellProcess.RunAsync(
            folder.FullPath,
            "-c",
            "Write-Progress 'far' -PercentComplete 50; Write-Warning '→'; [pscustomobject]@{ Trend = '↑' } | Format-Table -HideTableHeaders");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["WARNING: →", "↑"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task A_prompt_opens_with_the_module_and_reads_commands()
    {
        using var folder = new TemporaryFolder();
        var process = ShellProcess.Start(folder.FullPath, new Dictionary<string, string> { ["TANDEM_DATABASE"] = "none.db" });
        await process.StandardInput.WriteLineAsync("(Get-Module TandemFetch).Name + ' of the prompt'");
        await process.StandardInput.WriteLineAsync("exit 5");

        var run = await ShellProcess.FinishAsync(process);

        Assert.Equal((5, ""), (run.ExitCode, run.Errors));
        Assert.Contains($"{Environment.NewLine}TandemFetch of the prompt{Environment.NewLine}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_ends_a_script_is_shown_like_any_other()
    {
        using var folder = new TemporaryFolder();

        var run = await ShellProcess.RunAsync(folder.FullPath, "-c", "'before'; throw 'enough'; 'after'");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"before{Environment.NewLine}", run.Output);
        Assert.Contains("enough", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_the_script_handles_is_none()
    {
        using var folder = new TemporaryFolder();

        var run = await ShellProcess.RunAsync(folder.FullPath, "-c", "try { Get-Nothing } catch { 'handled' }");

        Assert.Equal((0, $"handled{Environment.NewLine}", ""), run);
    }

    [Fact]
    public async Task A_script_gets_its_arguments_and_sets_the_exit_code()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["s.ps1"], "param($Name, [int]$Days, [switch]$All) \"$Name $Days $All\"; exit 7", TestContext.Current.CancellationToken);

        var run = await ShellProcess.RunAsync(folder.FullPath, "s.ps1", "first", "-Days", "3", "-All");

        Assert.Equal((7, $"first 3 True{Environment.NewLine}", ""), run);
    }

    [Fact]
    public async Task A_script_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();

        var run = await ShellProcess.RunAsync(folder.FullPath, "absent.ps1");

        Assert.Equal(64, run.ExitCode);
        Assert.Contains("absent.ps1", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }
}

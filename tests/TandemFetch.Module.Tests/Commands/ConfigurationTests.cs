using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests.Commands;

/// <summary>
/// The user's settings. They belong to the process's environment, so whatever changes them runs in a process of its
/// own.
/// </summary>
public sealed class ConfigurationTests(ConfigurationTests.Filled filled) : IClassFixture<ConfigurationTests.Filled>
{
    private static readonly (string Name, string Value)[] Nothing =
        [("TANDEM_EMAIL", ""), ("TANDEM_PASSWORD", ""), ("TANDEM_REGION", ""), ("TANDEM_TIME_ZONE", "")];

    [Fact]
    public void Every_setting_is_a_parameter_of_Set_and_an_object_of_Get()
    {
        var values = filled.Module.Run("Get-TandemConfiguration").Succeeded().OutputOf<ConfigurationValue>();
        var parameters = filled.Module.Run(
            """
            $common = [Management.Automation.Cmdlet]::CommonParameters
            $optional = [Management.Automation.Cmdlet]::OptionalCommonParameters
            (Get-Command Set-TandemConfiguration).Parameters.Keys |
                Where-Object { $_ -notin $common -and $_ -notin $optional -and $_ -ne 'PassThru' }
            """).Succeeded().OutputOf<string>();

        Assert.Equal(values.Select(value => value.Name).Order(), parameters.Order());
    }

    [Fact]
    public void Without_settings_the_folders_under_the_current_location_apply()
    {
        var values = filled.Module.Run("Get-TandemConfiguration Database, GlucoseUnit, ReportTitle").Succeeded()
            .OutputOf<ConfigurationValue>();

        Assert.Equal(
            [
                (filled.Module.Database, ConfigurationSource.CurrentLocation),
                (GlucoseUnit.MgDl, ConfigurationSource.Default),
                (null, ConfigurationSource.Default),
            ],
            values.Select(value => ((object?)value.Value, value.Source)));
    }

    [Fact]
    public void An_unknown_setting_is_reported_with_the_known_ones()
    {
        var run = filled.Module.Run("Get-TandemConfiguration Databas, Region");

        Assert.Equal(["TandemFetch.SettingUnknown"], run.ErrorIds);
        Assert.Contains("GlucoseUnit", run.Error.ToString(), StringComparison.Ordinal);
        Assert.Single(run.Output);
    }

    [Fact]
    public async Task Settings_apply_in_every_folder_after_the_environment_and_before_the_current_location()
    {
        using var folder = new TemporaryFolder();

        var run = await ApartAsync(
            folder,
            """
            filter Show { "$($_.Name) $($_.Value) $($_.Source) $($_.Place)".Trim() }
            $null = New-Item -ItemType Directory data, elsewhere/data, elsewhere/sensitive
            Set-Content data/tandem.db 'not a database'
            Set-Content elsewhere/sensitive/credentials.toml "[tandem]`nregion = 'US'`ntime_zone = 'Europe/Paris'"
            Set-TandemConfiguration -Database home.db -GlucoseUnit MmolL -WhatIf
            Get-TandemConfiguration Database | Show
            Set-TandemConfiguration -Database home.db -TimeZone europe/berlin -Region eu
            Get-TandemConfiguration Database, TimeZone, Region | Show
            Set-Location elsewhere
            Get-TandemConfiguration Database, TimeZone, Region | Show
            try { Get-TandemBolus } catch { "$($_.TargetObject)" }
            try { Get-TandemBolus -Database param.db } catch { "$($_.TargetObject)" }
            $env:TANDEM_DATABASE = 'env.db'
            Get-TandemConfiguration Database | Show
            try { Get-TandemBolus } catch { "$($_.TargetObject)" }
            $env:TANDEM_DATABASE = ''
            Set-TandemConfiguration -Database $null -TimeZone $null -Region '' -PassThru | Show
            Get-Content $env:TANDEM_CONFIG/settings.toml
            """);

        var root = folder.FullPath;
        var settings = $"Settings {folder["config/settings.toml"]}";
        Assert.Equal(
            [
                $"Database {root}/data/tandem.db CurrentLocation {root}/data/tandem.db",
                $"Database {root}/home.db {settings}",
                $"TimeZone Europe/Berlin {settings}",
                $"Region EU {settings}",
                $"Database {root}/home.db {settings}",
                $"TimeZone Europe/Berlin {settings}",
                $"Region EU {settings}",
                $"{root}/home.db",
                $"{root}/elsewhere/param.db",
                $"Database {root}/elsewhere/env.db Environment $env:TANDEM_DATABASE",
                $"{root}/elsewhere/env.db",
                $"Database {root}/elsewhere/data/tandem.db CurrentLocation {root}/elsewhere/data/tandem.db",
                $"TimeZone Europe/Paris CurrentLocation {root}/elsewhere/sensitive/credentials.toml",
                $"Region US CurrentLocation {root}/elsewhere/sensitive/credentials.toml",
            ],
            run.Where(line => !IsWhatIf(line)).Select(line => line.Replace('\\', '/')));
        Assert.Equal(2, run.Count(IsWhatIf));

        static bool IsWhatIf(string line) => line.StartsWith("What if:", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_that_uses_settings_reports_those_that_cannot_be_read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["config"]);
        var file = folder["config/settings.toml"];
        await File.WriteAllTextAsync(
            file, "region = 'EU'\ncolour = 'blue'\n", TestContext.Current.CancellationToken);
        string[] needNone = ["Disconnect-TandemSource", "Get-TandemAssistantLog"];

        // A lake is checked without a database, for which the settings would be needed.
        var users = ModuleCommands.Types.Where(type => ModuleCommands.NameOf(type) != "Test-TandemLake");
        var calls = users.Select(type => ModuleCommands.CallOf(type) + ModuleCommands.NameOf(type) switch
        {
            var name when needNone.Contains(name) => "",
            "Connect-TandemSource" or "Get-TandemConfiguration" => "",
            "Set-TandemConfiguration" => " -Region US",
            _ => " -Database x.db",
        }).ToList();

        var run = await ApartAsync(folder, string.Join('\n', calls.Select(call =>
            $$"""try { {{call}} } catch { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.Exception.Message)" }""")));

        Assert.Equal(calls.Count - needNone.Length, run.Count);
        Assert.All(run, line => Assert.StartsWith("TandemFetch.SettingUnknown ", line, StringComparison.Ordinal));
        Assert.All(run, line => Assert.Contains($"line 2 of {file}", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_unit_is_that_of_views_chart_and_report_and_no_value_changes()
    {
        using var folder = new TemporaryFolder();
        var range = "-Since 2026-04-19 -Until 2026-04-20";

        var run = await ApartAsync(
            folder,
            $$"""
            Set-TandemConfiguration -Database '{{filled.Module.Database}}' -GlucoseUnit MmolL
            Set-TandemConfiguration -ReportTitle 'From settings' -ReportNoDaily $true
            $reading = Get-TandemCgmReading {{range}} | Where-Object Glucose -eq 180 | Select-Object -First 1
            "$($reading.Glucose)"
            $shown = $reading | Out-String -Width 120
            "$($shown -match '(?<!\d)10[.]0 mmol/L') $($shown -match 'mg/dL')"
            $all = & { Get-TandemCgmReading; Get-TandemBgReading; Get-TandemBolus; Get-TandemMeal; (Get-TandemProfile).Segments }
            $kinds = $all | Group-Object { $_.GetType() } | ForEach-Object { $_.Group | Select-Object -First 20 | Out-String }
            "$($kinds.Count) $(@($kinds -match '\d mmol/L').Count) $(@($kinds -match 'mg/dL').Count)"
            (Show-TandemChart {{range}})[0] -match '^mmol/L'
            (Show-TandemChart {{range}} -Unit MgDl)[0] -match '^mg/dL'
            $text = Get-Content -Raw (New-TandemReport a.html {{range}})
            "$($text -match 'From settings') $($text -match 'mmol/L') $($text -match '<article')"
            $text = Get-Content -Raw (New-TandemReport b.html {{range}} -Title Other -Unit MgDl -NoDaily:$false)
            "$($text -match 'From settings') $($text -match 'mmol/L') $($text -match '<article')"
            Set-TandemConfiguration -GlucoseUnit MgDl
            ($reading | Out-String -Width 120) -match '180 mg/dL'
            """);

        Assert.Equal(
            ["180", "True False", "5 5 0", "True", "True", "True True False", "False False True", "True"], run);
    }

    [Fact]
    public void No_heading_of_a_view_names_a_unit_that_the_settings_change()
    {
        var views = File.ReadAllText(Path.Join(BuiltModule.Folder, "TandemFetch.Format.ps1xml"));

        Assert.DoesNotMatch("<Label>[^<]*(mg/dL|mmol/L)", views);
    }

    [Fact]
    public async Task A_secret_named_in_the_settings_is_the_account_if_its_module_is_installed()
    {
        var module = filled.Module;
        await SecretVaultStub.WriteAsync(
            module.Folder["modules"],
            $$"""
            'Tandem' {
                $password = ConvertTo-SecureString '{{SandboxOptions.Password}}' -AsPlainText -Force
                [pscredential]::new('{{SandboxOptions.Email}}', $password)
            }
            'Word' { 'only a word' }
            default { Write-Error "The secret $Name was not found." }
            """);
        const string script = """
            function Attempt($Script) { try { & $Script } catch { $_.FullyQualifiedErrorId.Split(',')[0] } }
            filter Show { "$($_.Region) $($_.TimeZone) $($_.Credentials)" }
            Set-TandemConfiguration -CredentialSecret Tandem -Region US -TimeZone America/New_York
            Attempt {
                Connect-TandemSource -NoTokenCache -PassThru -WarningVariable global:warnings 3> $null 6> $null | Show
            }
            $warnings | ForEach-Object Message
            Set-TandemConfiguration -CredentialSecret Word
            Attempt { Connect-TandemSource -NoTokenCache 3> $null }
            Set-TandemConfiguration -CredentialSecret Absent
            Attempt { Connect-TandemSource -NoTokenCache 3> $null }
            """;
        var inCommand =
            "\nConnect-TandemSource (Get-Secret Tandem) -NoTokenCache -PassThru 6> $null | ForEach-Object Credentials";

        var with = await module.RunApartAsync(
            script + inCommand,
            [.. Nothing, ("PSModulePath", module.Folder["modules"]), ("TANDEM_CONFIG", module.Folder["with"])]);
        var without = await module.RunApartAsync(script, [.. Nothing, ("TANDEM_CONFIG", module.Folder["without"])]);

        Assert.Equal(
            [
                "US America/New_York the secret 'Tandem'", "TandemFetch.SecretInvalid", "TandemFetch.SecretUnavailable",
                "the command",
            ],
            Lines(with));
        Assert.Equal(
            [
                "TandemFetch.CredentialsMissing",
                "The secret 'Tandem' from the settings is not used, because the module "
                    + "Microsoft.PowerShell.SecretManagement is not installed.",
                "TandemFetch.CredentialsMissing",
                "TandemFetch.CredentialsMissing",
            ],
            Lines(without));
    }

    [Fact]
    public async Task A_new_shell_uses_the_stored_sign_in_and_a_password_always_signs_in()
    {
        var module = filled.Module;
        (string, string)[] environment = [.. Nothing, ("TANDEM_CONFIG", module.Folder["tokens"])];
        const string credential = $$"""
            function Credential($Password) {
                $secret = [securestring]::new()
                foreach ($letter in $Password.ToCharArray()) { $secret.AppendChar($letter) }
                [pscredential]::new('{{SandboxOptions.Email}}', $secret)
            }

            """;

        var first = await module.RunApartAsync(
            credential + $"Connect-TandemSource (Credential {SandboxOptions.Password}) -Region US", environment);
        var second = await module.RunApartAsync(
            credential
            + """
            $env:TANDEM_REGION = ''
            Connect-TandemSource -PassThru 6> $null | ForEach-Object Credentials
            @(Get-TandemPump).Count -gt 0
            Connect-TandemSource (Credential '') -Region US -PassThru 6> $null | ForEach-Object Credentials
            try { Connect-TandemSource (Credential wrong) -Region US } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            Disconnect-TandemSource
            try { Connect-TandemSource } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            """,
            environment);

        var line = Assert.Single(Lines(first));
        Assert.StartsWith(
            $"Connected to {module.Server.BaseAddress} (US) with the account from the command, signed in until ",
            line,
            StringComparison.Ordinal);
        Assert.Equal(
            [
                "the stored sign-in", "True", "the command", "TandemFetch.SignInRejected",
                "TandemFetch.CredentialsMissing",
            ],
            Lines(second));
    }

    private static async Task<IReadOnlyList<string>> ApartAsync(TemporaryFolder folder, string script)
    {
        var environment = new Dictionary<string, string> { ["TANDEM_CONFIG"] = folder["config"] };
        return Lines(await ShellProcess.FinishAsync(ShellProcess.Start(folder.FullPath, environment, "-c", script)));
    }

    private static string[] Lines((int ExitCode, string Output, string Errors) run)
    {
        Assert.Equal("", run.Errors);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Two days of a pump.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal SandboxedModule Module { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Module = await SandboxedModule.FilledAsync();

        public ValueTask DisposeAsync() => Module.DisposeAsync();
    }
}

#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

BeforeDiscovery {
    Import-Module $PSScriptRoot/Sandbox.psm1 -Force
    $manifest = Import-PowerShellDataFile (Get-BuiltModule)
    $commands = $manifest.CmdletsToExport | ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1 -Force
    Import-Module (Get-BuiltModule) -Force
}

Describe 'The module' {
    It 'has a valid manifest' {
        $manifest = Test-ModuleManifest (Get-BuiltModule) -WarningVariable warnings -ErrorAction Stop

        $warnings | Should -BeNullOrEmpty
        $manifest.CompatiblePSEditions | Should -Be 'Core'
        $manifest.PowerShellVersion | Should -Be '7.4'
        $manifest.Tags | Should -Contain 'Diabetes'
        $manifest.LicenseUri | Should -Not -BeNullOrEmpty
        $manifest.ProjectUri | Should -Not -BeNullOrEmpty
        $manifest.ReleaseNotes | Should -Not -BeNullOrEmpty
    }

    It 'has the version of its manifest in its assemblies too' {
        $folder = (Get-BuiltModule).Directory
        $version = (Import-PowerShellDataFile (Get-BuiltModule)).ModuleVersion

        foreach ($file in 'TandemFetch.dll', 'TandemFetch.Records.dll', 'deps/TandemFetch.Engine.dll') {
            [Reflection.AssemblyName]::GetAssemblyName((Join-Path $folder $file)).Version.ToString(3) | Should -Be $version
        }
    }

    It 'exports the commands of its manifest and nothing else' {
        $module = Get-Module TandemFetch

        $module.ExportedCommands.Keys | Sort-Object | Should -Be ((Import-PowerShellDataFile (Get-BuiltModule)).CmdletsToExport | Sort-Object)
        $module.ExportedVariables.Count | Should -Be 0
        $module.ExportedAliases.Count | Should -Be 0
    }

    It 'contains <_>' -ForEach 'LICENSE', 'CHANGELOG.md', 'credentials.template.toml' {
        Get-Content (Join-Path (Get-BuiltModule).Directory $_) | Should -Not -BeNullOrEmpty
    }

    It 'imports without output' {
        $said = Import-Module (Get-BuiltModule) -Force -Verbose:$false *>&1

        $said | Should -BeNullOrEmpty
    }

    It 'works after a second import with -Force' {
        $env:TANDEM_DATABASE = Join-Path $TestDrive 'none.db'
        try {
            Import-Module (Get-BuiltModule) -Force
            Import-Module (Get-BuiltModule) -Force

            @(Get-Module TandemFetch).Count | Should -Be 1
            Get-ErrorId { Invoke-TandemQuery 'SELECT 1' } | Should -Be 'TandemFetch.DatabaseNotFound'
        }
        finally {
            $env:TANDEM_DATABASE = $null
        }
    }

    It 'loads no engine, and so no DuckDB, into the context that all modules share' {
        $shared = [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }

        $shared | Should -Not -Contain 'TandemFetch.Engine'
        $shared | Should -Not -Contain 'DuckDB.NET.Data'
    }
}

Describe '<Name>' -ForEach $commands {
    BeforeAll {
        $command = Get-Command $Name -Module TandemFetch
    }

    It 'has an approved verb' {
        (Get-Verb).Verb | Should -Contain $command.Verb
    }

    It 'declares what it emits' {
        $command.OutputType | Should -Not -BeNullOrEmpty
    }

    It 'can be read with Get-Help' {
        (Get-Help $Name).Name | Should -Be $Name
    }

    It 'has a synopsis, a description and two examples' {
        $help = Get-Help $Name -Full

        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name"
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2
    }

    It 'describes every parameter' {
        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
        $described = (Get-Help $Name -Full).parameters.parameter | Where-Object { ($_.description | Out-String).Trim() } | ForEach-Object Name

        $command.Parameters.Keys | Where-Object { $_ -notin $common -and $_ -notin $described } | Should -BeNullOrEmpty
    }
}

Describe 'The about topics' {
    It 'has <_>' -ForEach 'about_TandemFetch', 'about_TandemFetch_Schema', 'about_TandemFetch_Scheduling' {
        Get-ChildItem (Join-Path (Get-BuiltModule).Directory 'en-US') -Filter "$_.help.txt" | Should -Not -BeNullOrEmpty
    }
}

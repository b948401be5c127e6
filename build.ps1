#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, shows and packs TandemFetch. It only calls dotnet and Pester; all that matters is in the projects.
.EXAMPLE
    ./build.ps1 Build, Test
.EXAMPLE
    ./build.ps1 Package -Configuration Release
#>
[CmdletBinding()]
param(
    # What to do, in order.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    # Debug while working, Release for others; Package is always Release.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-Location $PSScriptRoot

# Each of the platforms brings a native library of 36 to 112 MB.
$runtimes = 'win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64'

function Invoke-Build {
    dotnet build -c $Configuration
}

function Invoke-Test {
    dotnet test -c $Configuration

    if (-not (Test-Path tests/Pester)) { return }
    Import-Module Pester -MinimumVersion 5.0
    $result = Invoke-Pester tests/Pester -PassThru
    if ($result.Result -ne 'Passed') { throw "$($result.FailedCount) Pester tests failed." }
}

function Invoke-Demo {
    dotnet run -c $Configuration --project src/TandemFetch.Shell -- --sandbox module/examples/quickstart.ps1
}

function Invoke-Package {
    $folder = Join-Path $PSScriptRoot 'artifacts/module/TandemFetch/'
    dotnet build src/TandemFetch -c Release "-p:ModuleRuntimes=`"$($runtimes -join ';')`"" "-p:ModuleOutput=$folder"
    Compress-Archive -Path $folder -DestinationPath artifacts/TandemFetch.zip -Force
    Get-Item artifacts/TandemFetch.zip
}

function Invoke-Clean {
    dotnet clean
    Remove-Item out, artifacts -Recurse -Force -ErrorAction Ignore
}

foreach ($name in $Task) {
    & "Invoke-$name"
}

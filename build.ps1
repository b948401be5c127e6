#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, shows and packs TandemFetch. It only calls dotnet and PSResourceGet; all that matters is in the projects.
.EXAMPLE
    ./build.ps1 Build, Test
.EXAMPLE
    ./build.ps1 Package
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
$out = Join-Path $PSScriptRoot 'out'

# As DuckDB names its native libraries; osx is one for both processors.
$platforms = 'win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'osx'

function Invoke-Build {
    dotnet build -c $Configuration
}

function Invoke-Test {
    dotnet test -c $Configuration
}

function Invoke-Demo {
    dotnet run -c $Configuration --project src/TandemFetch.Shell -- --sandbox module/examples/quickstart.ps1
}

function Invoke-Package {
    # Compress-PSResource came with 1.1; docs/packaging.md says what to do with an older one.
    Import-Module Microsoft.PowerShell.PSResourceGet -MinimumVersion 1.1.0
    $packages = Join-Path $out 'packages'
    Remove-Item $packages -Recurse -Force -ErrorAction Ignore
    New-Item $packages -ItemType Directory | Out-Null

    dotnet build src/TandemFetch -c Release "-p:ModuleOutput=$(Join-Path $out 'all/TandemFetch/')" "-p:ModuleRuntimes=`"$($platforms -join ';')`""
    $manifest = Test-ModuleManifest (Join-Path $out 'all/TandemFetch/TandemFetch.psd1')
    Compress-PSResource -Path (Join-Path $out 'all/TandemFetch') -DestinationPath $packages

    foreach ($platform in $platforms) {
        $folder = Join-Path $out "$platform/TandemFetch"
        dotnet msbuild src/TandemFetch -nologo -t:AssembleModule -p:Configuration=Release "-p:ModuleOutput=$folder/" "-p:ModuleRuntimes=$platform"
        Compress-Archive -Path $folder -DestinationPath (Join-Path $packages "TandemFetch-$($manifest.Version)-$platform.zip")
    }

    Get-ChildItem $packages
}

function Invoke-Clean {
    dotnet clean
    Remove-Item $out -Recurse -Force -ErrorAction Ignore
}

Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) { & "Invoke-$name" }
}
finally {
    Pop-Location
}

#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, demonstrates and packages TandemFetch. It only calls dotnet and PSResourceGet; everything else is defined in the projects.
.EXAMPLE
    ./build.ps1 Build, Test
.EXAMPLE
    ./build.ps1 Package
#>
[CmdletBinding()]
param(
    # The tasks to run, in order.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    # Debug for development, Release for distribution; Package always uses Release.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$out = Join-Path $PSScriptRoot 'out'

# The platforms of DuckDB's native libraries; osx covers both processors.
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
    # Compress-PSResource was introduced in 1.1; docs/packaging.md explains what to do with an older version.
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

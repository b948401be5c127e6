# A stand-in for Tandem Source in a process of its own, and an environment that points to it and to nothing of the machine's user.

$root = Split-Path (Split-Path $PSScriptRoot)
$variables = 'EMAIL', 'PASSWORD', 'REGION', 'TIME_ZONE', 'ENDPOINT', 'DATABASE', 'CONFIG' | ForEach-Object { "TANDEM_$_" }

<#
.SYNOPSIS
    The manifest of the built module.
#>
function Get-BuiltModule {
    Get-Item (Join-Path $root 'out/TandemFetch/TandemFetch.psd1')
}

<#
.SYNOPSIS
    Starts a sandbox with three days of log on a free port, imports the module and goes to an empty folder.
#>
function Start-Sandbox {
    param(
        # The empty folder; the database is under it by the default rule.
        [Parameter(Mandatory)] [string] $Folder,

        # Further arguments of the sandbox.
        [string[]] $Argument = @('--days', '3')
    )

    $program = Get-ChildItem (Join-Path $root 'src/TandemFetch.Sandbox/bin/*/net10.0/TandemFetch.Sandbox.dll') |
        Sort-Object LastWriteTime | Select-Object -Last 1
    $start = [Diagnostics.ProcessStartInfo]@{ FileName = 'dotnet'; RedirectStandardOutput = $true }
    foreach ($word in @($program.FullName, '--port', '0', '--end-date', '2026-04-20') + $Argument) { $start.ArgumentList.Add($word) }
    $process = [Diagnostics.Process]::Start($start)

    # It says where it is as soon as it answers.
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch 'Sandbox at (?<address>\S+) for (?<email>\S+) with password (?<password>[^;]+);') {
        $process.Kill()
        throw "The sandbox did not start: $line"
    }

    $sandbox = [pscustomobject]@{
        Address  = $Matches.address.TrimEnd('/')
        Email    = $Matches.email
        Password = $Matches.password
        Process  = $process
        Kept     = @{}
        Place    = $PWD.Path
    }
    foreach ($name in $variables) { $sandbox.Kept[$name] = [Environment]::GetEnvironmentVariable($name) }
    $env:TANDEM_ENDPOINT = $sandbox.Address
    $env:TANDEM_EMAIL = $sandbox.Email
    $env:TANDEM_PASSWORD = $sandbox.Password
    $env:TANDEM_REGION = 'US'
    $env:TANDEM_TIME_ZONE = 'America/New_York'
    $env:TANDEM_CONFIG = Join-Path $Folder 'config'
    [Environment]::SetEnvironmentVariable('TANDEM_DATABASE', $null)

    Import-Module (Get-BuiltModule) -Force -Global
    Set-Location $Folder
    $sandbox
}

<#
.SYNOPSIS
    Ends the sandbox and gives the environment back.
#>
function Stop-Sandbox {
    param([Parameter(Mandatory)] $Sandbox)

    Disconnect-TandemSource
    foreach ($name in $variables) { [Environment]::SetEnvironmentVariable($name, $Sandbox.Kept[$name]) }
    Set-Location $Sandbox.Place
    $Sandbox.Process.Kill()
    $Sandbox.Process.WaitForExit()
    $Sandbox.Process.Dispose()
}

<#
.SYNOPSIS
    The account of the sandbox, with another password if one is given.
#>
function New-SandboxCredential {
    param([Parameter(Mandatory)] $Sandbox, [string] $Password = $Sandbox.Password)

    [pscredential]::new($Sandbox.Email, (ConvertTo-SecureString $Password -AsPlainText -Force))
}

<#
.SYNOPSIS
    The FullyQualifiedErrorId up to the command's name of whatever a script reports, terminating or not.
#>
function Get-ErrorId {
    param([Parameter(Mandatory)] [scriptblock] $Script)

    try {
        $ErrorActionPreference = 'Continue'
        $found = & $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] }
    }
    catch {
        $found = $_
    }

    $found | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }
}

<#
.SYNOPSIS
    What Tab offers at the end of a line.
#>
function Get-Completion {
    param([Parameter(Mandatory)] [string] $Line)

    (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
}

<#
.SYNOPSIS
    What a terminal of 120 columns shows, line by line.
#>
# What a terminal of 80 columns shows; a host writes no character into the last column.
filter Get-Rendering {
    begin { $all = [Collections.Generic.List[object]]::new() }
    process { $all.Add($_) }
    end { ($all | Out-String -Width 79) -split '\r?\n' | ForEach-Object { $_ -replace '\e\[[\d;]*m' } }
}

Export-ModuleMember -Function *-*

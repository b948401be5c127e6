<#
.SYNOPSIS
    Writes the reports that check.mjs looks at, of the synthetic pump of the sandbox.
.PARAMETER Folder
    The folder to write them into.
#>
param([Parameter(Mandatory)] [string] $Folder)

$ErrorActionPreference = 'Stop'
[cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
Set-Location $Folder

$null = Invoke-TandemBackfill
$period = @{ Since = '2026-04-07'; Until = '2026-04-21' }
$null = @(
    New-TandemReport full.html @period -Force
    New-TandemReport overview.html @period -Force -NoDaily -Unit MmolL -Preset Pregnancy -Title 'A long title with a date of birth, 1980-01-01'
    New-TandemReport printed.pdf @period -AsPdf -Force
    New-TandemReport one-day.html -Since 2026-04-20 -Until 2026-04-21 -Force
    New-TandemReport empty.html -Since 2090-01-01 -Force
)
Disconnect-TandemSource

<#
.SYNOPSIS
    Fills a database with the synthetic pump of the sandbox, and writes down how its server is started.
.PARAMETER Folder
    The folder to write them into.
#>
param([Parameter(Mandatory)] [string] $Folder)

$ErrorActionPreference = 'Stop'
$database = Join-Path $Folder tandem.db
$null = Invoke-TandemBackfill -Database $database
Disconnect-TandemSource
Get-TandemAssistantConfiguration -Database $database | Set-Content (Join-Path $Folder server.json)

# What no client may see.
$pumps = Invoke-TandemQuery 'SELECT serial_number, device_assignment_id FROM pumps' -Database $database
@{ hidden = @($pumps.serial_number) + @($pumps.device_assignment_id) + $Folder } | ConvertTo-Json |
    Set-Content (Join-Path $Folder hidden.json)

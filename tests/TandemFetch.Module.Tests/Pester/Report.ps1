# Runs the Pester tests of a folder and writes their results as JSON.
param(
    # The manifest of Pester.
    [Parameter(Mandatory)] [string] $Pester,

    # The folder with the tests.
    [Parameter(Mandatory)] [string] $Tests,

    # The file to write.
    [Parameter(Mandatory)] [string] $Report
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester
$run = Invoke-Pester -Configuration @{ Run = @{ Path = $Tests; PassThru = $true } }

[ordered]@{
    PowerShell = "$($PSVersionTable.PSVersion)"
    Tests      = @($run.Tests | ForEach-Object {
            [ordered]@{
                Test    = "$(Split-Path $_.ScriptBlock.File -Leaf): $($_.Path -join ' ')"
                Name    = $_.ExpandedPath
                Result  = $_.Result
                Message = "$($_.ErrorRecord)"
            }
        })
    Outside    = @(@($run.FailedContainers) + @($run.FailedBlocks) | Where-Object { $_ } | ForEach-Object { "$($_): $($_.ErrorRecord)" })
} | ConvertTo-Json -Depth 4 | Set-Content $Report

<#
.SYNOPSIS
    Fetches ninety days of a pump from Tandem Source into one file, and shows some of them.
.DESCRIPTION
    Run it against the sandbox:

        dotnet run --project src/TandemFetch.Shell -- --sandbox module/examples/quickstart.ps1

    or in PowerShell with your own account, after filling in sensitive/credentials.toml or setting the environment variables.
    Out-Host ends each table, as the prompt does after each command.
.PARAMETER Since
    The first day to fetch; 90 days ago by default.
#>
param([DateTimeOffset] $Since = [DateTimeOffset]::Now.AddDays(-90))

$ErrorActionPreference = 'Stop'

'Connecting to Tandem Source'
Connect-TandemSource -PassThru | Out-Host
Get-TandemPump | Out-Host

"Fetching from $($Since.ToString('yyyy-MM-dd')) on; a second run fetches only what is new"
$runs = @(Invoke-TandemBackfill -Since $Since)
$runs | Out-Host
$new = 0
foreach ($run in $runs) { if ($run.Stage -eq 'Fetch') { $new += $run.RowsOut } }
if ($new -eq 0) { 'Nothing new' } else { "$($new.ToString('N0')) new entries" }

''
'The newest glucose readings'
$newest = Invoke-TandemQuery 'SELECT max(timestamp) FROM cgm_readings' -As Scalar
Get-TandemCgmReading -Since $newest.AddMinutes(-25) | Out-Host

'The last seven days: average, and time in range (70 to 180 mg/dL)'
Invoke-TandemQuery '
    SELECT
        timestamp::DATE::VARCHAR                                           AS day,
        count(*)                                                           AS readings,
        round(avg(glucose))::INTEGER                                       AS "average mg/dL",
        round(100 * avg((glucose BETWEEN 70 AND 180)::INTEGER))::INTEGER   AS "in range %"
    FROM cgm_readings
    WHERE timestamp::DATE > $newest::TIMESTAMPTZ::DATE - 7
    GROUP BY day
    ORDER BY day' @{ newest = $newest } | Out-Host

"It is all in $(Invoke-TandemQuery 'SELECT path FROM duckdb_databases() WHERE database_name = current_database()' -As Scalar)"

# The sandbox ends with this run, and its token is then useless.
Disconnect-TandemSource

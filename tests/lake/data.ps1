<#
.SYNOPSIS
    Publishes the synthetic pump of the sandbox to a lake, and writes down what DuckDB reads from it.
.PARAMETER Folder
    The folder to write them into.
#>
param([Parameter(Mandatory)] [string] $Folder)

$ErrorActionPreference = 'Stop'
$database = Join-Path $Folder tandem.db
$lake = Join-Path $Folder lake
$null = Invoke-TandemBackfill -Database $database
Disconnect-TandemSource
Publish-TandemLake $lake -Database $database | Out-Host
$failed = Test-TandemLake $lake | Where-Object { -not $_.Passed }
if ($failed) { throw "The lake fails its own checks: $($failed.Name)" }

# A number for each value, so that sums can be compared: of texts their lengths, of times milliseconds, of dates days.
$number = @{
    'VARCHAR'                  = 'length({0})'
    'BOOLEAN'                  = '{0}::INTEGER'
    'DATE'                     = "{0} - DATE '1970-01-01'"
    'TIMESTAMP'                = 'epoch_ms({0})'
    'TIMESTAMP WITH TIME ZONE' = 'epoch_ms({0})'
}
$expected = [ordered]@{}
foreach ($description in Get-ChildItem (Join-Path $lake _lake tables *.json) | Sort-Object Name) {
    $table = Get-Content $description -Raw | ConvertFrom-Json
    $files = "read_parquet('$lake/$($table.table)/*.parquet')"
    $expected[$table.table] = @(foreach ($column in $table.columns) {
        $value = ($number[$column.type] ?? '{0}') -f $column.name
        $query = "SELECT count($value) AS n, sum($value)::VARCHAR AS s, min($value)::VARCHAR AS a, max($value)::VARCHAR AS b FROM $files"
        $row = Invoke-TandemQuery $query -Lake $lake
        @{ name = $column.name; type = $column.type; count = $row.n; sum = $row.s; min = $row.a; max = $row.b }
    })
}

$expected | ConvertTo-Json -Depth 5 | Set-Content (Join-Path $Folder expected.json)

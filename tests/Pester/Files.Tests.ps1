#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1 -Force
    $sandbox = Start-Sandbox $TestDrive
    Invoke-TandemBackfill | Out-Null
    $rows = Invoke-TandemQuery 'SELECT count(*) FROM cgm_readings' -As Scalar
}

AfterAll {
    Stop-Sandbox $sandbox
}

Describe 'Export-TandemData' {
    It 'writes <Name>, which DuckDB reads back' -ForEach @(
        @{ Name = 'readings.parquet'; Format = 'Parquet'; Reader = 'read_parquet' }
        @{ Name = 'readings.csv'; Format = 'Csv'; Reader = 'read_csv' }
        @{ Name = 'readings.jsonl'; Format = 'Json'; Reader = 'read_json' }
    ) {
        $written = Export-TandemData cgm_readings $Name

        $written.Rows | Should -Be $rows
        $written.Format | Should -Be $Format
        $written.Bytes | Should -Be (Get-Item $Name).Length
        Invoke-TandemQuery "SELECT count(*) FROM $Reader('$((Get-Item $Name).FullName)')" -As Scalar | Should -Be $rows
    }

    It 'writes CSV that Import-Csv reads' {
        Export-TandemData cgm_readings some.csv -Column id, glucose | Out-Null
        $back = Import-Csv some.csv

        $back.Count | Should -Be $rows
        $back[0].PSObject.Properties.Name | Should -Be 'id', 'glucose'
    }

    It 'writes a time range' {
        $written = Export-TandemData cgm_readings day.parquet -Since '2026-04-19 00:00' -Until '2026-04-20 00:00'

        $written.Rows | Should -Be @(Get-TandemCgmReading -Since '2026-04-19 00:00' -Until '2026-04-20 00:00').Count
        $written.Rows | Should -BeLessThan $rows
    }

    It 'writes a query' {
        (Export-TandemData -Query 'SELECT 1 AS a UNION ALL SELECT 2' -Path query.csv).Rows | Should -Be 2
    }

    It 'writes several tables into a folder, also from Get-TandemTable' {
        (Export-TandemData cgm_*, boluses tables/).Count | Should -BeGreaterOrEqual 3
        Get-ChildItem tables/*.parquet | Should -Not -BeNullOrEmpty

        Get-TandemTable boluses, alerts | Export-TandemData -Path piped/ -Format Csv | ForEach-Object Table | Should -Be 'boluses', 'alerts'
        (Get-ChildItem piped/*.csv).Count | Should -Be 2
    }

    It 'creates a partitioned folder' {
        $written = Export-TandemData cgm_readings parts -PartitionBy Year, Month

        $written.Rows | Should -Be $rows
        Test-Path parts/year=2026/month=4 | Should -BeTrue
        $glob = Join-Path (Resolve-Path parts) '**/*.parquet'
        Invoke-TandemQuery "SELECT count(*) FROM read_parquet('$glob', hive_partitioning = true) WHERE year = 2026" -As Scalar | Should -Be $rows
    }

    It 'never overwrites without -Force' {
        Set-Content mine.csv 'mine'

        Get-ErrorId { Export-TandemData boluses mine.csv } | Should -Be 'TandemFetch.ExportExists'
        Get-Content mine.csv | Should -Be 'mine'
        Export-TandemData boluses mine.csv -Force | ForEach-Object Rows | Should -BeGreaterThan 0
    }

    It 'writes nothing with -WhatIf' {
        Export-TandemData boluses whatif.csv -WhatIf | Should -BeNullOrEmpty
        Test-Path whatif.csv | Should -BeFalse
    }

    It 'refuses an unknown table with the nearest names, and leaves nothing behind' {
        $before = @(Get-ChildItem).Count
        { Export-TandemData cgm_reading near.csv -ErrorAction Stop } | Should -Throw '*cgm_readings*'

        @(Get-ChildItem).Count | Should -Be $before
    }

    It 'reports an unknown column, an unknown format and a bad path' {
        Get-ErrorId { Export-TandemData boluses a.csv -Column nothing } | Should -Be 'TandemFetch.ColumnUnknown'
        Get-ErrorId { Export-TandemData boluses a.xls } | Should -Be 'TandemFetch.ExportFormatUnknown'
        Get-ErrorId { Export-TandemData boluses Env:/a.csv } | Should -Be 'TandemFetch.ExportPathInvalid'
        Get-ErrorId { Export-TandemData boluses a -PartitionBy Year -Format Csv } | Should -Be 'TandemFetch.ExportPartitionNeedsParquet'
        Get-ErrorId { Export-TandemData -Query 'SELECT 1' -Path a.csv -Last 1d } | Should -Be 'TandemFetch.ExportQueryConflict'
    }
}

Describe 'Import-TandemRawEvent' {
    It 'imports exported rows into another file, and adds nothing the second time' {
        Export-TandemData raw_events raw.parquet | Out-Null

        $runs = Import-TandemRawEvent raw.parquet -Database copy.db -TimeZone America/New_York
        $again = Get-Item raw.parquet | Import-TandemRawEvent -Database copy.db

        $runs.Outcome | Sort-Object -Unique | Should -Be 'Completed'
        ($again | Measure-Object RowsOut -Sum).Sum | Should -Be 0
        @(Get-TandemCgmReading -Database copy.db).Count | Should -Be $rows
    }

    It 'creates no file with -WhatIf' {
        Import-TandemRawEvent raw.parquet -Database whatif.db -WhatIf | Should -BeNullOrEmpty
        Test-Path whatif.db | Should -BeFalse
    }

    It 'reports a file that is missing and one of another kind' {
        Set-Content notes.txt 'dear diary'

        Get-ErrorId { Import-TandemRawEvent missing.parquet } | Should -Be 'TandemFetch.ImportUnreadable'
        Get-ErrorId { Import-TandemRawEvent notes.txt } | Should -Be 'TandemFetch.ImportFormatUnknown'
    }
}

Describe 'Get-TandemTable' {
    It 'lists the tables of the file' {
        $tables = Get-TandemTable
        $readings = $tables | Where-Object Table -EQ cgm_readings

        $tables.Table | Should -Contain 'raw_events'
        $readings.Rows | Should -Be $rows
        $readings.Columns.Name | Should -Contain 'glucose'
        $readings.Description | Should -Not -BeNullOrEmpty
        $readings.First | Should -BeLessThan $readings.Last
    }

    It 'finds by name and wildcards, from the pipeline too' {
        (Get-TandemTable cgm_*).Table | Should -BeLike 'cgm_*'
        ('boluses', 'events' | Get-TandemTable).Table | Should -Be 'boluses', 'events'
    }

    It 'reports an unknown table with the nearest names' {
        { Get-TandemTable bolus -ErrorAction Stop } | Should -Throw '*boluses*'
    }

    It 'is shown within 120 columns' {
        (Get-TandemTable | Get-Rendering | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 79
    }
}

Describe 'Test-TandemDatabase' {
    It 'finds no fault after a backfill' {
        $checks = Test-TandemDatabase

        $checks.Count | Should -BeGreaterThan 10
        $checks | Where-Object { $_.Severity -eq 'Fault' -and -not $_.Passed } | Should -BeNullOrEmpty
    }

    It 'finds damage' {
        Copy-Item data/tandem.db damaged.db
        Invoke-TandemQuery 'DELETE FROM events WHERE id IN (SELECT id FROM events ORDER BY id LIMIT 3)' -Database damaged.db -AllowWrite | Out-Null

        Test-TandemDatabase -Database damaged.db | Where-Object { -not $_.Passed } | Should -Not -BeNullOrEmpty
    }

    It 'reports a missing file and a file that is not a database' {
        Set-Content diary.txt 'dear diary'

        Get-ErrorId { Test-TandemDatabase -Database nowhere.db } | Should -Be 'TandemFetch.DatabaseNotFound'
        Get-ErrorId { Test-TandemDatabase -Database diary.txt } | Should -Be 'TandemFetch.DatabaseUnreadable'
        Get-ErrorId { Test-TandemDatabase -Database (Split-Path $PWD) } | Should -Be 'TandemFetch.DatabaseIsDirectory'
    }
}

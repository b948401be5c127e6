#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1 -Force
    $sandbox = Start-Sandbox $TestDrive
    Invoke-TandemBackfill | Out-Null
}

AfterAll {
    Stop-Sandbox $sandbox
}

Describe 'Invoke-TandemQuery' {
    It 'emits rows with typed properties and a type name of their own' {
        $row = Invoke-TandemQuery 'SELECT 1 AS number, ''a'' AS text, NULL AS nothing, true AS truth, 1.50::DECIMAL(9,2) AS money'

        $row.number | Should -BeOfType [int]
        $row.text | Should -BeExactly 'a'
        $row.nothing | Should -Be $null
        $row.truth | Should -BeTrue
        $row.money | Should -Be 1.5
        $row.money | Should -BeOfType [decimal]
        $row.pstypenames | Should -Contain 'TandemFetch.Records.QueryRow'
        ($row | Get-Member -MemberType Properties).Name | Should -Be 'money', 'nothing', 'number', 'text', 'truth'
    }

    It 'maps <Sql> to <Type>' -ForEach @(
        @{ Sql = '[1, 2]'; Type = 'Array' }
        @{ Sql = '{a: 1}'; Type = 'Collections.IDictionary' }
        @{ Sql = "MAP {'a': 1}"; Type = 'Collections.IDictionary' }
        @{ Sql = '170141183460469231731687303715884105727::HUGEINT'; Type = 'Numerics.BigInteger' }
        @{ Sql = "INTERVAL '90 minutes'"; Type = 'TimeSpan' }
        @{ Sql = "TIMESTAMPTZ '2026-04-01 12:00:00+00'"; Type = 'DateTimeOffset' }
        @{ Sql = "'\xAA'::BLOB"; Type = 'byte[]' }
        @{ Sql = "'{`"a`": 1}'::JSON"; Type = 'string' }
        @{ Sql = '1.25::DECIMAL(9, 3)'; Type = 'decimal' }
    ) {
        $value = Invoke-TandemQuery "SELECT $Sql AS value" -As Dictionary | ForEach-Object { , $_.value }

        , $value | Should -BeOfType ($Type -as [type])
    }

    It 'takes <Name> as a parameter' -ForEach @(
        @{ Name = 'nothing'; Value = $null }
        @{ Name = 'false'; Value = $false }
        @{ Name = 'zero'; Value = 0 }
        @{ Name = 'an empty text'; Value = '' }
        @{ Name = 'a time'; Value = [DateTimeOffset]'2026-04-01T12:00:00Z' }
    ) {
        $back = Invoke-TandemQuery 'SELECT $value AS value' @{ value = $Value }

        $back.value | Should -Be $Value
    }

    It 'takes one parameter twice' {
        Invoke-TandemQuery 'SELECT $a + $a' @{ a = 21 } -As Scalar | Should -Be 42
    }

    It 'gives duplicate and blank column names unique names' {
        $row = Invoke-TandemQuery 'SELECT 1 AS a, 2 AS a, 3 AS " "' -As Dictionary

        $row.Count | Should -Be 3
        $row.Values | Should -Be 1, 2, 3
    }

    It 'emits nothing for no rows' {
        Invoke-TandemQuery 'SELECT 1 WHERE false' | Should -BeNullOrEmpty
    }

    It 'emits a table, a value or dictionaries' {
        $table = Invoke-TandemQuery 'SELECT range AS n FROM range(3)' -As DataTable

        , $table | Should -BeOfType [Data.DataTable]
        $table.Rows.Count | Should -Be 3
        Invoke-TandemQuery 'SELECT count(*) FROM events' -As Scalar | Should -BeGreaterThan 1000
        (Invoke-TandemQuery 'SELECT range AS n FROM range(3)' -As Dictionary).n | Should -Be 0, 1, 2
    }

    It 'takes queries from the pipeline' {
        'SELECT 1 AS a', 'SELECT 2 AS a' | Invoke-TandemQuery | ForEach-Object a | Should -Be 1, 2
        Set-Content first.sql "SELECT 3`nAS a"
        Get-Content *.sql -Raw | Invoke-TandemQuery | ForEach-Object a | Should -Be 3
    }

    It 'runs a query in a file' {
        Set-Content few.sql 'SELECT count(*) AS n FROM range(10) WHERE range < $limit'

        Invoke-TandemQuery -InputFile few.sql @{ limit = 3 } -As Scalar | Should -Be 3
        Invoke-TandemQuery -InputFile TestDrive:/few.sql @{ limit = 4 } -As Scalar | Should -Be 4
        Get-ErrorId { Invoke-TandemQuery -InputFile no-such.sql } | Should -Be 'TandemFetch.QueryFileNotFound'
    }

    It 'turns values into columns' {
        $row = Invoke-TandemQuery 'PIVOT cgm_readings ON status USING count(*) GROUP BY device_assignment_id'

        ($row.PSObject.Properties.Name | Measure-Object).Count | Should -BeGreaterThan 1
    }

    It 'takes the properties of what comes from the pipeline as parameters' {
        Get-TandemBolus | Select-Object -First 3 BolusId | Export-Csv ids.csv
        $ids = (Import-Csv ids.csv).BolusId

        $found = Import-Csv ids.csv | Invoke-TandemQuery 'SELECT bolus_id FROM boluses WHERE bolus_id = $BolusId::INTEGER'

        $found.bolus_id | Should -Be $ids
    }

    It 'goes to Export-Csv, ConvertTo-Json, Group-Object and Format-Table' {
        $rows = Invoke-TandemQuery 'SELECT id, glucose, status FROM cgm_readings ORDER BY id LIMIT 20'
        $rows | Export-Csv rows.csv

        (Import-Csv rows.csv).glucose | Should -Be ($rows.glucose | ForEach-Object ToString)
        ($rows | ConvertTo-Json | ConvertFrom-Json).id | Should -Be $rows.id
        ($rows | Group-Object status | Measure-Object Count -Sum).Sum | Should -Be 20
        $rows | Format-Table | Out-String | Should -Match 'id\s+glucose\s+status'
        ($rows | Sort-Object glucose -Descending)[0].glucose | Should -Be ($rows.glucose | Measure-Object -Maximum).Maximum
    }

    It 'stops at once for Select-Object -First 1' {
        # A billion rows would take minutes.
        Invoke-TandemQuery 'SELECT range AS n FROM range(1000000000)' | Select-Object -First 1 | ForEach-Object n | Should -Be 0
    }

    It 'reports a bad statement with its position' {
        Get-ErrorId { Invoke-TandemQuery 'SELECT FROM WHERE' } | Should -Be 'TandemFetch.QueryFailed'
        { Invoke-TandemQuery 'SELECT no_such FROM events' -ErrorAction Stop } | Should -Throw '*no_such*'
    }

    It 'continues with the next query after a bad one' {
        'SELECT no_such', 'SELECT 2 AS a' | Invoke-TandemQuery -ErrorAction SilentlyContinue | ForEach-Object a | Should -Be 2
    }

    It 'reports a missing and an unknown parameter' {
        Get-ErrorId { Invoke-TandemQuery 'SELECT $a' } | Should -Be 'TandemFetch.QueryParameterMissing'
        Get-ErrorId { Invoke-TandemQuery 'SELECT 1' @{ a = 1 } } | Should -Be 'TandemFetch.QueryParameterUnknown'
    }

    It 'can only read without -AllowWrite' {
        Get-ErrorId { Invoke-TandemQuery 'CREATE TABLE notes (text VARCHAR)' } | Should -Be 'TandemFetch.QueryReadOnly'
        Invoke-TandemQuery 'CREATE TABLE notes (text VARCHAR)' -AllowWrite -WhatIf
        Get-ErrorId { Invoke-TandemQuery 'SELECT * FROM notes' } | Should -Be 'TandemFetch.QueryFailed'

        Invoke-TandemQuery 'CREATE TABLE notes (text VARCHAR); INSERT INTO notes VALUES ($text)' @{ text = 'a' } -AllowWrite | Out-Null
        Invoke-TandemQuery 'SELECT text FROM notes' -As Scalar | Should -Be 'a'
        Invoke-TandemQuery 'DELETE FROM notes RETURNING text' -AllowWrite -As Scalar | Should -Be 'a'
        (Invoke-TandemQuery 'INSERT INTO notes VALUES (''b'')' -AllowWrite -Verbose 4>&1).Message |
            Should -Contain '1 row affected.'
        Invoke-TandemQuery 'DROP TABLE notes' -AllowWrite | Out-Null
    }
}

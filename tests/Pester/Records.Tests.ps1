#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

BeforeDiscovery {
    # Every command that lists rows, and a heading that its view must show.
    $headings = @{
        'Get-TandemAlert'         = 'Time'
        'Get-TandemBasalDelivery' = 'U/h'
        'Get-TandemBgReading'     = 'Glucose'
        'Get-TandemBolus'         = 'U'
        'Get-TandemCgmReading'    = 'Glucose'
        'Get-TandemCgmSession'    = 'Sensor'
        'Get-TandemDailyTotal'    = 'U'
        'Get-TandemEvent'         = 'Name'
        'Get-TandemMeal'          = 'Carbs'
        'Get-TandemPipelineRun'   = 'Outcome'
        'Get-TandemRawEvent'      = 'Code'
        'Get-TandemSiteChange'    = 'Time'
    }

    # Episodes and the profile are of all pumps together, and a profile always has 24 hours; what concerns assistants is of no pump.
    $others = 'Get-TandemConfiguration', 'Get-TandemPump', 'Get-TandemTable', 'Get-TandemGlucoseEpisode', 'Get-TandemGlucoseProfile',
        'Get-TandemAssistantConfiguration', 'Get-TandemAssistantLog'
    $lists = (Import-PowerShellDataFile $PSScriptRoot/../../module/TandemFetch.psd1).CmdletsToExport |
        Where-Object { $_ -like 'Get-*' -and $_ -notin $others } |
        ForEach-Object { @{ Name = $_; Heading = $headings[$_] ?? 'Pump' } }
}

BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1 -Force
    $sandbox = Start-Sandbox $TestDrive '--days', '8'
    Invoke-TandemBackfill | Out-Null
    $serial = (Get-TandemPump).PumpSerial
}

AfterAll {
    Stop-Sandbox $sandbox
}

Describe '<Name>' -ForEach $lists {
    BeforeAll {
        $records = @(& $Name)
    }

    It 'emits objects of the type that it declares' {
        $records | Should -Not -BeNullOrEmpty
        $records[0].GetType().FullName | Should -BeIn (Get-Command $Name).OutputType.Name
        $records.PumpSerial | Where-Object { $_ } | Sort-Object -Unique | Should -Be $serial
    }

    It 'finds the same ones by -PumpSerial and none of another pump' {
        (& $Name -PumpSerial $serial | Measure-Object).Count | Should -BeGreaterThan 0
    }

    It 'emits nothing from before the pump was made' {
        & $Name -Until 2001-01-01 | Should -BeNullOrEmpty
    }

    It 'takes the pump from the pipeline by property name' {
        (Get-TandemPump | & $Name | Measure-Object).Count | Should -BeGreaterThan 0
    }

    It 'reports an unknown pump' {
        Get-ErrorId { & $Name -PumpSerial 1 } | Should -Be 'TandemFetch.PumpUnknown'
    }

    It 'refuses -Last with -Since, and a range that ends before it begins' {
        Get-ErrorId { & $Name -Last 1d -Since 2026-04-19 } | Should -Be 'TandemFetch.TimeRangeConflict'
        Get-ErrorId { & $Name -Since 2026-04-20 -Until 2026-04-19 } | Should -Be 'TandemFetch.TimeRangeInvalid'
    }

    It 'has a table view within 80 columns that shows all of its headings and cuts nothing off' {
        $labels = (Get-FormatData -TypeName $records[0].GetType().FullName).FormatViewDefinition[0].Control.Headers.Label
        $labels | Should -Not -BeNullOrEmpty -Because 'each record has a view'

        $lines = $records | Select-Object -First 3 | Get-Rendering
        $underline = ($lines | Select-String '^[- ]*-[- ]*$' | Select-Object -First 1).LineNumber
        $header = $lines[0..($underline - 1)] -join ' '
        foreach ($word in -split ($labels -join ' ')) { $header | Should -BeLike "*$word*" }
        ($labels -join ' ') | Should -BeLike "*$Heading*"
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 79
        $lines -match '…' | Should -BeNullOrEmpty
    }

    It 'goes to JSON and CSV' {
        $json = $records | Select-Object -First 2 | ConvertTo-Json -Depth 5 | ConvertFrom-Json
        $csv = $records | Select-Object -First 2 | ConvertTo-Csv | ConvertFrom-Csv

        $json[0].Id | Should -Be $records[0].Id
        @($csv)[0].Id | Should -Be $records[0].Id
    }
}

Describe 'A glucose reading' {
    It 'is shown in the pump''s zone' {
        $reading = Get-TandemCgmReading | Where-Object Timestamp | Select-Object -First 1
        $zone = [TimeZoneInfo]::FindSystemTimeZoneById('America/New_York')

        $reading.Timestamp.Offset | Should -Be $zone.GetUtcOffset($reading.Timestamp)
        $reading | Out-String | Should -Match $reading.Timestamp.ToString('yyyy-MM-dd HH:mm')
    }

    It 'is listed oldest first' {
        $times = (Get-TandemCgmReading).Timestamp

        ($times | Sort-Object) | Should -Be $times
    }

    It 'is found by -Since and -Until, in which the end is not included' {
        $all = Get-TandemCgmReading
        $from = $all[10].Timestamp
        $to = $all[20].Timestamp

        $some = Get-TandemCgmReading -Since $from -Until $to
        $some[0].Id | Should -Be $all[10].Id
        $some.Timestamp | ForEach-Object { $_ -lt $to } | Sort-Object -Unique | Should -Be $true
        (Get-TandemCgmReading -Until $to -Last 12h | Select-Object -First 1).Timestamp | Should -BeGreaterOrEqual $to.AddHours(-12)
    }

    It 'takes <_> for -Since' -ForEach '7d', '24h', 'yesterday', 'today', 'now', '2026-04-18', '2026-04-18 08:00', '2026-04-18T08:00:00Z' {
        Get-ErrorId { Get-TandemCgmReading -Since $_ } | Should -BeNullOrEmpty
    }

    It 'rejects <_> for -Last' -ForEach 'long', '7', '-1d' {
        Get-ErrorId { Get-TandemCgmReading -Last $_ } | Should -Not -BeNullOrEmpty
    }

    It 'can be grouped and measured' {
        $days = Get-TandemCgmReading | Group-Object { $_.PumpTime.Date }

        $days.Count | Should -BeGreaterOrEqual 8
        (Get-TandemCgmReading | Measure-Object Glucose -Average).Average | Should -BeGreaterThan 40
    }

    It 'keeps its types in an Export-Csv round trip, as far as text can' {
        Get-TandemCgmReading | Select-Object -First 5 | Export-Csv readings.csv
        $back = Import-Csv readings.csv
        $first = Get-TandemCgmReading | Select-Object -First 1

        $back.Count | Should -Be 5
        [int]$back[0].Glucose | Should -Be $first.Glucose
        [DateTimeOffset]::Parse($back[0].Timestamp, [cultureinfo]::CurrentCulture) | Should -Be $first.Timestamp
    }
}

Describe 'Get-TandemEvent' {
    It 'finds by name, wildcards and code' {
        $boluses = Get-TandemEvent *BOLUS*
        $id = $boluses[0].EventId

        $boluses.EventName | Should -BeLike '*BOLUS*'
        Get-TandemEvent -EventId $id | ForEach-Object EventId | Sort-Object -Unique | Should -Be $id
        Get-TandemEvent NO_SUCH_* | Should -BeNullOrEmpty
    }

    It 'holds JSON' {
        (Get-TandemEvent *CGM* | Select-Object -First 1).EventData | ConvertFrom-Json | Should -Not -BeNullOrEmpty
    }

    It 'stops for Select-Object -First 1, and releases the file' {
        Get-TandemEvent | Select-Object -First 1 | Should -HaveCount 1

        Get-ErrorId { Invoke-TandemQuery 'SELECT 1' -AllowWrite -LockTimeout 86400 -Confirm:$false } | Should -BeNullOrEmpty
    }
}

Describe 'Get-TandemRawEvent' {
    It 'finds by code, also by the parameter''s alias' {
        $code = (Get-TandemRawEvent | Select-Object -First 1).EventCode

        Get-TandemRawEvent -EventCode $code | ForEach-Object EventCode | Sort-Object -Unique | Should -Be $code
        (Get-TandemRawEvent -EventId $code).Count | Should -Be (Get-TandemRawEvent -EventCode $code).Count
    }
}

Describe 'Views of what is not in a table' {
    It 'shows pumps' {
        $lines = Get-TandemPump | Get-Rendering

        ($lines -join "`n") | Should -Match "Pump\s+Model\s+Software"
        ($lines -join "`n") | Should -Match $serial
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 79
    }

    It 'has a table view for <_>' -ForEach 'DatabaseTable', 'ExportedData', 'IntegrityCheck', 'WatchCycle' {
        $views = Get-FormatData -TypeName "TandemFetch.Records.$_"
        $views | Should -Not -BeNullOrEmpty

        ($views.FormatViewDefinition[0].Control.Headers | Measure-Object Width -Sum).Sum | Should -BeLessOrEqual 79
    }

    It 'looks the same after Export-Clixml and Import-Clixml' {
        $alerts = Get-TandemAlert | Select-Object -First 3
        $alerts | Export-Clixml alerts.xml
        $read = Import-Clixml alerts.xml

        $read | Get-Rendering | Should -Be ($alerts | Get-Rendering)
        $read.Duration | ForEach-Object { $_ | Should -BeOfType timespan }
    }

    It 'writes durations and days as text, and calculates with them' {
        $total = Get-TandemDailyTotal | Select-Object -Last 1
        $json = $total | ConvertTo-Json | ConvertFrom-Json

        $json.BasalTime | Should -BeExactly $total.BasalTime.ToString()
        $total | ConvertTo-Json | Should -Match ('"Day": "{0:yyyy-MM-dd}"' -f $total.Day)
        $total.BasalTime.TotalHours | Should -BeGreaterThan 0
        (Get-TandemProfile | ConvertTo-Csv) -match 'System\.|TandemFetch\.' | Should -BeNullOrEmpty
    }
}

#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1 -Force
    $sandbox = Start-Sandbox $TestDrive '--days', '3', '--pumps', '2'
}

AfterAll {
    Stop-Sandbox $sandbox
}

Describe 'Connect-TandemSource' {
    AfterEach {
        Disconnect-TandemSource
    }

    It 'emits the session with -PassThru, and nothing without' {
        Connect-TandemSource | Should -BeNullOrEmpty
        $session = Connect-TandemSource (New-SandboxCredential $sandbox) -Region US -TimeZone America/New_York -PassThru

        $session.Region | Should -Be 'US'
        $session.TimeZone | Should -Be 'America/New_York'
        $session | Out-String | Should -Not -Match ([regex]::Escape($sandbox.Password))
    }

    It 'stores a token, unless -NoTokenCache is given' {
        Connect-TandemSource -NoTokenCache
        Get-ChildItem $env:TANDEM_CONFIG -Recurse -File -ErrorAction Ignore | Should -BeNullOrEmpty

        Connect-TandemSource
        Get-ChildItem $env:TANDEM_CONFIG -Recurse -File | Should -Not -BeNullOrEmpty
        Get-ChildItem $env:TANDEM_CONFIG -Recurse -File | Get-Content -Raw | Should -Not -Match ([regex]::Escape($sandbox.Password))
    }

    It 'reports a rejected password' {
        Get-ErrorId { Connect-TandemSource (New-SandboxCredential $sandbox wrong) -NoTokenCache } | Should -Be 'TandemFetch.SignInRejected'
    }

    It 'reports an unknown region' {
        Get-ErrorId { Connect-TandemSource -Region Mars } | Should -Be 'TandemFetch.RegionUnknown'
    }

    It 'reports an unknown time zone' {
        Get-ErrorId { Connect-TandemSource -TimeZone Mars/Base -NoTokenCache } | Should -Be 'TandemFetch.TimeZoneUnknown'
    }

    It 'refuses plain http to anywhere but this machine' {
        Get-ErrorId { Connect-TandemSource -Endpoint http://example.com } | Should -Be 'TandemFetch.EndpointInvalid'
    }
}

Describe 'Disconnect-TandemSource' {
    It 'deletes the stored token' {
        Connect-TandemSource
        Disconnect-TandemSource

        Get-ChildItem $env:TANDEM_CONFIG -Recurse -File -Filter *token* | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Connect-TandemSource
        Disconnect-TandemSource -WhatIf

        Get-ChildItem $env:TANDEM_CONFIG -Recurse -File | Should -Not -BeNullOrEmpty
    }

    It 'succeeds without a session' {
        Disconnect-TandemSource
        Get-ErrorId { Disconnect-TandemSource } | Should -BeNullOrEmpty
    }
}

Describe 'A backfill' {
    It 'creates no file with -WhatIf' {
        Invoke-TandemBackfill -Since 2026-04-18 -WhatIf | Should -BeNullOrEmpty

        Test-Path data/tandem.db | Should -BeFalse
    }

    It 'reports a missing database separately' {
        Get-ErrorId { Get-TandemCgmReading } | Should -Be 'TandemFetch.DatabaseNotFound'
        Test-Path data/tandem.db | Should -BeFalse
    }

    It 'takes the pumps from the pipeline, and nothing from an empty one' {
        @() | Invoke-TandemBackfill | Should -BeNullOrEmpty

        $first = Get-TandemPump | Select-Object -First 1
        $runs = $first | Invoke-TandemBackfill
        $runs.PumpSerial | Sort-Object -Unique | Should -Be $first.PumpSerial
        $runs.Stage | Should -Be 'Fetch', 'Parse', 'Derive'
        $runs.Outcome | Sort-Object -Unique | Should -Be 'Completed'
        $runs[0].RowsOut | Should -BeGreaterThan 1000

        Connect-TandemSource
        try { $more = Get-TandemPump | Invoke-TandemBackfill } finally { Disconnect-TandemSource }
        $more.PumpSerial | Sort-Object -Unique | Should -HaveCount 2
    }

    It 'adds nothing the second time' {
        $runs = Invoke-TandemBackfill

        ($runs | Measure-Object RowsOut -Sum).Sum | Should -Be 0
    }

    It 'runs one stage and rebuilds it' {
        $runs = Invoke-TandemBackfill -Stage Derive -Rebuild

        $runs.Stage | Sort-Object -Unique | Should -Be 'Derive'
        ($runs | Measure-Object RowsOut -Sum).Sum | Should -BeGreaterThan 100
    }

    It 'reports progress with -Verbose and a summary with -InformationAction, and nothing else' {
        $story = Invoke-TandemBackfill -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        $said = Invoke-TandemBackfill 2>&1 3>&1 4>&1 5>&1 6>&1 | Where-Object { $_ -isnot [TandemFetch.Records.PipelineRun] }

        $story | Should -Not -BeNullOrEmpty
        $said | Where-Object { $_ -isnot [Management.Automation.InformationRecord] } | Should -BeNullOrEmpty
    }

    It 'reports an unknown serial number' {
        Get-ErrorId { Invoke-TandemBackfill -PumpSerial 1 } | Should -Be 'TandemFetch.PumpUnknown'
    }

    It 'reports a range that ends before it begins' {
        Get-ErrorId { Invoke-TandemBackfill -Since 2026-04-20 -Until 2026-04-19 } | Should -Be 'TandemFetch.DateRangeInvalid'
    }

    It 'reports a time that cannot be read' {
        { Invoke-TandemBackfill -Since soon } | Should -Throw '*soon*'
    }

    It 'leaves a run log' {
        $runs = Get-TandemPipelineRun

        $runs.Count | Should -BeGreaterThan 5
        Get-TandemPipelineRun -Stage Fetch -Outcome Completed | ForEach-Object Stage | Sort-Object -Unique | Should -Be 'Fetch'
        Get-TandemPipelineRun -Outcome Failed | Should -BeNullOrEmpty
    }
}

Describe 'Get-TandemPump' {
    BeforeAll {
        Invoke-TandemBackfill | Out-Null
    }

    It 'lists those of the file without a session, and one of them by its serial number' {
        $pumps = Get-TandemPump

        $pumps.Count | Should -Be 2
        Get-TandemPump $pumps[0].PumpSerial | ForEach-Object PumpSerial | Should -Be $pumps[0].PumpSerial
    }

    It 'lists those of the account with a session' {
        Connect-TandemSource
        try { (Get-TandemPump).Count | Should -Be 2 } finally { Disconnect-TandemSource }
    }

    It 'reports an unknown serial number' {
        Get-ErrorId { Get-TandemPump 1 } | Should -Be 'TandemFetch.PumpUnknown'
    }
}

Describe 'Watch-TandemSource' {
    BeforeAll {
        Invoke-TandemBackfill | Out-Null
    }

    It 'runs its first cycle at once and ends after -Count' {
        $cycle = Watch-TandemSource -Count 1

        $cycle.Fetched | Should -BeFalse
        $cycle.NewEntries | Should -Be 0
        $cycle.ErrorId | Should -BeNullOrEmpty
    }

    It 'lets the pipeline end it' {
        Watch-TandemSource -Interval 24h | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'refuses an interval below a minute' {
        Get-ErrorId { Watch-TandemSource -Interval 30s } | Should -Not -BeNullOrEmpty
        Get-ErrorId { Watch-TandemSource -Interval 0.5m } | Should -Be 'TandemFetch.WatchIntervalTooShort'
    }

    It 'changes nothing with -WhatIf' {
        Watch-TandemSource -WhatIf | Should -BeNullOrEmpty
    }
}

Describe 'Set-TandemPump' {
    BeforeAll {
        Invoke-TandemBackfill | Out-Null
    }

    # The pump in use is anchored by its last upload, which takes precedence over the zone; the old pump's clock is known only from its zone.
    It 'moves the true time of everything, and back' {
        $serial = (Get-TandemPump | Select-Object -Last 1).PumpSerial
        $before = (Get-TandemCgmReading -PumpSerial $serial | Select-Object -First 1).Timestamp

        $pump = Set-TandemPump $serial America/Chicago
        $moved = (Get-TandemCgmReading -PumpSerial $serial | Select-Object -First 1).Timestamp
        $serial | ForEach-Object { Get-TandemPump $_ } | Set-TandemPump -TimeZone America/New_York | Out-Null

        $pump.TimeZone | Should -Be 'America/Chicago'
        ($moved - $before).TotalHours | Should -Be 1
        (Get-TandemCgmReading -PumpSerial $serial | Select-Object -First 1).Timestamp | Should -Be $before
    }

    It 'reports an unknown pump and an unknown zone' {
        Get-ErrorId { Set-TandemPump 1 America/Chicago } | Should -Be 'TandemFetch.PumpUnknown'
        Get-ErrorId { Set-TandemPump 1 Mars/Base } | Should -Be 'TandemFetch.TimeZoneUnknown'
    }
}

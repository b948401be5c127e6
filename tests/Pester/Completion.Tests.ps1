#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1 -Force
    $sandbox = Start-Sandbox $TestDrive '--days', '2', '--sparse'
    Invoke-TandemBackfill | Out-Null
    $serial = (Get-TandemPump).PumpSerial
}

AfterAll {
    Stop-Sandbox $sandbox
}

Describe 'Tab' {
    It 'offers <Expected> for <Line>' -ForEach @(
        @{ Line = 'Get-TandemCgm'; Expected = 'Get-TandemCgmReading' }
        @{ Line = 'Connect-TandemSource -Region '; Expected = 'EU' }
        @{ Line = 'Connect-TandemSource -TimeZone America/New'; Expected = 'America/New_York' }
        @{ Line = 'Import-TandemRawEvent a.json -TimeZone Europe/Ber'; Expected = 'Europe/Berlin' }
        @{ Line = 'Invoke-TandemBackfill -Stage '; Expected = 'Derive' }
        @{ Line = 'Get-TandemPipelineRun -Outcome '; Expected = 'Completed' }
        @{ Line = 'Get-TandemEvent -EventName LID_BOLUS'; Expected = 'LID_BOLUS_COMPLETED' }
        @{ Line = 'Get-TandemTable cgm'; Expected = 'cgm_readings' }
        @{ Line = 'Export-TandemData -Table bol'; Expected = 'boluses' }
        @{ Line = 'Export-TandemData -Table cgm_readings -Column glu'; Expected = 'glucose' }
        @{ Line = 'Export-TandemData -Table boluses -Path a -Format '; Expected = 'Parquet' }
        @{ Line = 'Export-TandemData -Table boluses -Path a -PartitionBy '; Expected = 'Month' }
        @{ Line = 'Invoke-TandemQuery -As '; Expected = 'Dictionary' }
    ) {
        Get-Completion $Line | Should -Contain $Expected
    }

    It 'offers the serial numbers of the pumps to <_>' -ForEach 'Get-TandemPump', 'Get-TandemCgmReading', 'Invoke-TandemBackfill', 'Export-TandemData boluses a.csv' {
        Get-Completion "$_ -PumpSerial " | Should -Be $serial
    }

    It 'offers no columns of other tables' {
        Get-Completion 'Export-TandemData -Table cgm_readings -Column ' | Should -Not -Contain 'bolus_id'
    }

    It 'offers tables of the file that -Database names, and offers nothing if there is none' {
        Get-Completion 'Get-TandemTable -Database data/tandem.db -Table bol' | Should -Be 'boluses'
        Get-Completion 'Get-TandemTable -Database nowhere.db -Table cgm_' | Should -Not -Contain 'cgm_readings'
    }
}

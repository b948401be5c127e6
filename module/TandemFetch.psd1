@{
    RootModule           = 'TandemFetch.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6d1c2a7e-3d0b-4a57-9a1f-5f2c8c1c9e44'
    Author               = 'The TandemFetch authors'
    CompanyName          = 'The TandemFetch authors'
    Copyright            = 'Copyright (c) The TandemFetch authors. MIT license.'
    Description          = 'Fetches the log of a Tandem insulin pump (t:slim X2, Mobi) from Tandem Source into a DuckDB file on your own machine, and emits it as objects.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    NestedModules        = @('TandemFetch.Import.dll', 'TandemFetch.OneVersion.ps1', 'views/TandemFetch.Views.psd1')
    CmdletsToExport      = @(
        'Compare-TandemPeriod'
        'Connect-TandemSource'
        'Disconnect-TandemSource'
        'Export-TandemData'
        'Get-TandemAlert'
        'Get-TandemAssistantConfiguration'
        'Get-TandemAssistantLog'
        'Get-TandemBasalDelivery'
        'Get-TandemBattery'
        'Get-TandemBgReading'
        'Get-TandemBolus'
        'Get-TandemCgmReading'
        'Get-TandemCgmSession'
        'Get-TandemClockSpan'
        'Get-TandemConfiguration'
        'Get-TandemDailyTotal'
        'Get-TandemEvent'
        'Get-TandemGlucoseEpisode'
        'Get-TandemGlucoseProfile'
        'Get-TandemMeal'
        'Get-TandemPipelineRun'
        'Get-TandemProfile'
        'Get-TandemPump'
        'Get-TandemRawEvent'
        'Get-TandemSiteChange'
        'Get-TandemSuspension'
        'Get-TandemTable'
        'Get-TandemUserMode'
        'Import-TandemRawEvent'
        'Invoke-TandemBackfill'
        'Invoke-TandemQuery'
        'Measure-TandemGlucose'
        'Measure-TandemInsulin'
        'New-TandemReport'
        'Publish-TandemLake'
        'Publish-TandemNightscout'
        'Set-TandemConfiguration'
        'Set-TandemPump'
        'Show-TandemChart'
        'Start-TandemAssistantServer'
        'Test-TandemDatabase'
        'Test-TandemLake'
        'Watch-TandemSource'
        'Write-TandemTable'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @(
                'Tandem', 'InsulinPump', 'Diabetes', 'CGM', 'DuckDB', 'Parquet', 'SQL', 'HealthData'
                'PSEdition_Core', 'Windows', 'Linux', 'MacOS'
            )
            LicenseUri   = 'https://opensource.org/license/mit'

            # No public home yet, and a reserved name cannot mislead anybody. Replace it with the real address before publishing.
            ProjectUri   = 'https://tandemfetch.example/'
            ReleaseNotes = 'The first version: sign in to Tandem Source, fetch the log of the pump into a DuckDB file, read, query and export it. See CHANGELOG.md for details.'
        }
    }
}

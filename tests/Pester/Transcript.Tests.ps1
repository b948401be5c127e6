#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1 -Force
    $sandbox = Start-Sandbox $TestDrive '--days', '3'

    # Cookies, access tokens and id tokens of the sandbox look like this; the password is a word of the e-mail address.
    $secret = 'tdc_(session|visit)|sbx\.|eyJ|{0}(?!@example)' -f [regex]::Escape($sandbox.Password)
    $personal = 'Zephyrina|Quillfeather|1961-07-23'
}

AfterAll {
    Stop-Sandbox $sandbox
}

Describe 'A transcript at full verbosity' {
    It 'contains sign-in, backfill and failures, and no secret' {
        $manifest = Get-BuiltModule
        $script = @"
            Import-Module '$manifest'
            Set-Location '$TestDrive'
            `$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'
            `$null = Start-Transcript transcript.txt
            Connect-TandemSource -PassThru
            Invoke-TandemBackfill
            `$env:TANDEM_PASSWORD = 'wrong'
            Disconnect-TandemSource -Confirm:`$false
            Connect-TandemSource -Region EU
            Get-TandemPump
            `$Error | ForEach-Object { "`$(`$_.Exception)" }
            `$null = Stop-Transcript
"@
        $null = dotnet (Join-Path $PSHOME pwsh.dll) -NoProfile -NonInteractive -EncodedCommand ([Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))) *>&1

        # The header contains how the process was started.
        $told = (Get-Content transcript.txt -Raw) -replace '(?s)^.*?PSVersion'
        $told | Should -Match 'VERBOSE: '
        $told | Should -Match 'DEBUG: '
        $told | Should -Match 'did not accept'
        $told -split "`n" | Where-Object { $_ -cmatch "$secret|$personal" } | Should -BeNullOrEmpty
    }
}

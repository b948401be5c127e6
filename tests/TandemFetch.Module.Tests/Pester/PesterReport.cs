namespace TandemFetch.Module.Tests.Pester;

/// <summary>What <c>Report.ps1</c> writes.</summary>
/// <param name="PowerShell">Version of PowerShell.</param>
/// <param name="Tests">All tests that Pester found.</param>
/// <param name="Outside">Failures of files and blocks, in no test's name.</param>
internal sealed record PesterReport(string PowerShell, IReadOnlyList<PesterOutcome> Tests, IReadOnlyList<string> Outside);

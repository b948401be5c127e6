namespace TandemFetch.Module.Tests.Pester;

/// <summary>The output of <c>Report.ps1</c>.</summary>
/// <param name="PowerShell">Version of PowerShell.</param>
/// <param name="Tests">All tests that Pester found.</param>
/// <param name="Outside">Failures of files and blocks that do not belong to a test.</param>
internal sealed record PesterReport(string PowerShell, IReadOnlyList<PesterOutcome> Tests, IReadOnlyList<string> Outside);

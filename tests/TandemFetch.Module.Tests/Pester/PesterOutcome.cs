namespace TandemFetch.Module.Tests.Pester;

/// <summary>What Pester reports for one test.</summary>
/// <param name="Test">File and name as written.</param>
/// <param name="Name">The name with the values of <c>-ForEach</c>.</param>
/// <param name="Result"><c>Passed</c>, <c>Failed</c>, <c>Skipped</c> or <c>NotRun</c>.</param>
/// <param name="Message">Why it did not pass.</param>
public sealed record PesterOutcome(string Test, string Name, string Result, string Message);

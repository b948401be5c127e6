namespace TandemFetch.Sandbox.Faults;

/// <summary>One request and its answer.</summary>
/// <param name="At">When it came, real time.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Query">The query of data requests; empty for those of signing in, whose queries carry secrets.</param>
/// <param name="Status">The status answered; 0 where the connection broke.</param>
public sealed record RequestRecord(DateTimeOffset At, string Method, string Path, string Query, int Status);

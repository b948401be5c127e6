namespace TandemFetch.Sandbox.Faults;

/// <summary>A request and its response.</summary>
/// <param name="At">When it came, real time.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Query">The query of data requests; empty for those of signing in, whose queries carry secrets.</param>
/// <param name="Status">The status of the response; 0 if the connection was broken.</param>
public sealed record RequestRecord(DateTimeOffset At, string Method, string Path, string Query, int Status);

namespace TandemFetch.Sandbox.Pump;

/// <summary>One answer of the log.</summary>
/// <param name="FirstDay">First day, pump wall clock.</param>
/// <param name="LastDay">Last day, pump wall clock.</param>
/// <param name="Entries">How many entries it holds, clock changes aside.</param>
/// <param name="Json">The answer's body, UTF-8. Good until the next page is asked for.</param>
public sealed record SyntheticPage(DateOnly FirstDay, DateOnly LastDay, int Entries, ReadOnlyMemory<byte> Json);

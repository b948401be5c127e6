namespace TandemFetch.Sandbox.Pump;

/// <summary>A response of the log.</summary>
/// <param name="FirstDay">First day, pump wall clock.</param>
/// <param name="LastDay">Last day, pump wall clock.</param>
/// <param name="Entries">How many entries it holds, clock changes aside.</param>
/// <param name="Json">The body of the response, UTF-8. Valid until the next page is requested.</param>
public sealed record SyntheticPage(DateOnly FirstDay, DateOnly LastDay, int Entries, ReadOnlyMemory<byte> Json);

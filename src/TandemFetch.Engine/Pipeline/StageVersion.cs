namespace TandemFetch.Engine.Pipeline;

/// <summary>Which rules write something for one pump now.</summary>
/// <param name="Stage">The key under which the file records which rules wrote it.</param>
/// <param name="Version">The rules.</param>
/// <param name="DeviceAssignmentId">The pump.</param>
/// <param name="Table">The table that they write; null for everything of the pump.</param>
internal sealed record StageVersion(string Stage, string Version, string DeviceAssignmentId, string? Table);

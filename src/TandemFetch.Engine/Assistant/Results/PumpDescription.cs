namespace TandemFetch.Engine.Assistant.Results;

/// <summary>A pump, by its number.</summary>
internal sealed record PumpDescription(
    int Pump, string? ModelName, string? SoftwareVersion, string? Algorithm, string? TimeZone);

using TandemFetch.Engine.Clock;
using TandemFetch.Records;

namespace TandemFetch.Engine.Source;

/// <summary>
/// The parts of the <c>pumper</c> response that this project needs. Names and the date of birth are never read.
/// </summary>
/// <param name="Region">The region of the account.</param>
/// <param name="Pumps">All pumps of the account, in the server's order; empty for a new account.</param>
public sealed record SourceAccount(TandemRegion Region, IReadOnlyList<SourcePump> Pumps)
{
    /// <summary>The pumps as records.</summary>
    /// <param name="timeZone">IANA zone that their clocks are set to; null if it has not been specified.</param>
    /// <param name="serials">Only pumps with these serial numbers; empty for all.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, listing the serial numbers that exist.</exception>
    public IReadOnlyList<Pump> ToPumps(string? timeZone, IReadOnlyCollection<string> serials)
    {
        PumpSerials.Check(serials, Pumps.Select(pump => pump.Label));
        var zone = timeZone is null ? null : ZoneRules.Find(timeZone);
        return [.. Pumps.Where(pump => serials.Count == 0 || serials.Contains(pump.Label)).Select(pump => new Pump
        {
            PumpSerial = pump.Label,
            ModelName = pump.ModelName,
            SoftwareVersion = pump.SoftwareVersion,
            Algorithm = pump.Algorithm,
            TimeZone = zone?.Name,
            FirstEvent = pump.FirstEvent,
            LastEvent = pump.LastEvent,
            LastUpload = ZoneOffsets.ToLocal(pump.LastUpload?.UtcDateTime, zone),
            DeviceAssignmentId = pump.AssignmentId,
        })];
    }
}

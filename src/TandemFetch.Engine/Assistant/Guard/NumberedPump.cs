using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>A pump with the number by which the assistant knows it.</summary>
/// <param name="Number">1 for the one with the oldest entry.</param>
/// <param name="Pump">The pump.</param>
internal sealed record NumberedPump(int Number, Pump Pump)
{
    /// <summary>What identifies the pump, or its owner in the account, and is never shown.</summary>
    public IEnumerable<string> Names =>
        new[] { Pump.PumpSerial, Pump.DeviceAssignmentId }.OfType<string>().Where(name => name.Length > 0).Distinct();

    /// <summary>The pumps of a file in the order of their numbers.</summary>
    public static IReadOnlyList<NumberedPump> Of(IEnumerable<Pump> pumps) =>
    [
        .. pumps.OrderBy(pump => pump.FirstEvent ?? DateTime.MaxValue)
            .ThenBy(pump => pump.DeviceAssignmentId, StringComparer.Ordinal)
            .Select((pump, index) => new NumberedPump(index + 1, pump)),
    ];
}

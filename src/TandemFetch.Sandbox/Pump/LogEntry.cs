namespace TandemFetch.Sandbox.Pump;

/// <summary>One entry of the log, without its values.</summary>
/// <param name="UtcMilliseconds">When it truly happened, since 1970.</param>
/// <param name="PumpSeconds">What the pump's clock showed, since 2008.</param>
/// <param name="Sequence">Rises in log order, with gaps.</param>
/// <param name="FirstValue">Where its values begin in the log's value store.</param>
/// <param name="Layout">Index of its layout.</param>
internal readonly record struct LogEntry(long UtcMilliseconds, int PumpSeconds, uint Sequence, int FirstValue, byte Layout)
{
    public int PumpDay => Math.DivRem(PumpSeconds, 86_400, out var rest) - (rest < 0 ? 1 : 0);
}

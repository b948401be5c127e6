using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>A cycle of a watch, and what ended it early.</summary>
/// <param name="Cycle">What it did.</param>
/// <param name="Failure">The failure that the watch survived, or null.</param>
public sealed record WatchStep(WatchCycle Cycle, TandemException? Failure);

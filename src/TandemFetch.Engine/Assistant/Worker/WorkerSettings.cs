namespace TandemFetch.Engine.Assistant.Worker;

/// <summary>The first line that the process of the calls reads.</summary>
/// <param name="Scope">What it may see.</param>
/// <param name="Limits">How much a call may return.</param>
internal sealed record WorkerSettings(AssistantScope Scope, AssistantLimits Limits);

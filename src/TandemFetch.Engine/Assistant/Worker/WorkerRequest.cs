using System.Text.Json;

namespace TandemFetch.Engine.Assistant.Worker;

/// <summary>A line that asks the process of the calls to run a tool.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record WorkerRequest(long Id, string Tool, JsonElement Arguments);

using System.Text.Json;

namespace TandemFetch.Engine.Assistant.Worker;

/// <summary>A line with which the process of the calls responds.</summary>
/// <param name="Id">The number of the request; 0 once, when the process is ready.</param>
/// <param name="Result">The result; null if the call failed.</param>
/// <param name="Rows">How many entries the result has.</param>
/// <param name="ErrorId">The id of the error; null if the call succeeded.</param>
/// <param name="Error">What is wrong, as a sentence without anything that identifies a person or a pump.</param>
internal sealed record WorkerResponse(
    long Id, JsonElement? Result = null, int Rows = 0, string? ErrorId = null, string? Error = null);

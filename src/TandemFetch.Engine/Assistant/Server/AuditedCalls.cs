using System.Text.Json;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Engine.Assistant.Worker;
using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>Runs calls, and writes each to the audit file.</summary>
/// <param name="runner">Runs them.</param>
/// <param name="audit">The audit file.</param>
/// <param name="database">The path of the file that is read.</param>
internal sealed class AuditedCalls(CallRunner runner, AuditFile audit, string database)
{
    private const string Sql = "sql";
    private const string NoAudit = "Calls cannot be written to the audit file, so none is run.";

    /// <summary>Runs a call.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<WorkerResponse> RunAsync(string tool, JsonElement arguments, CancellationToken cancellationToken)
    {
        var (time, started) = (TimeProvider.System.GetLocalNow(), TimeProvider.System.GetTimestamp());
        var outcome = "Cancelled";
        WorkerResponse? response = null;
        try
        {
            audit.Check();
            response = await runner.CallAsync(tool, arguments, cancellationToken).ConfigureAwait(false);
            outcome = response.ErrorId ?? "Completed";
        }
        catch (TandemException failure)
        {
            // The path of the audit file is nothing to tell a client.
            outcome = failure.ErrorId;
            response = new WorkerResponse(
                0, ErrorId: outcome, Error: outcome == AssistantErrors.AuditFailed ? NoAudit : failure.Message);
        }
        finally
        {
            var elapsed = TimeProvider.System.GetElapsedTime(started);
            response = Write(new AssistantCall
            {
                Time = time,
                Tool = tool,
                Sql = Shortened(TextOf(arguments)),
                Arguments = Shortened(OthersOf(arguments)),
                Rows = response?.Error is null ? response?.Rows : null,
                Milliseconds = (long)elapsed.TotalMilliseconds,
                Outcome = outcome,
                Database = database,
            }) ?? response;
        }

        return response!;
    }

    /// <summary>Writes a call.</summary>
    /// <returns>What to respond if it cannot be written: never the data.</returns>
    private WorkerResponse? Write(AssistantCall call)
    {
        try
        {
            audit.Write(call);
            return null;
        }
        catch (TandemException failure)
        {
            return new WorkerResponse(0, ErrorId: failure.ErrorId, Error: NoAudit);
        }
    }

    private static string? TextOf(JsonElement arguments) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(Sql, out var sql)
            ? sql.ToString()
            : null;

    private static string? OthersOf(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var others = arguments.EnumerateObject().Where(argument => argument.Name != Sql).ToList();
        return others.Count == 0
            ? null
            : "{" + string.Join(", ", others.Select(argument =>
                $"{JsonValue.Create(argument.Name).ToJsonString()}: {argument.Value.GetRawText()}")) + "}";
    }

    private static string? Shortened(string? text) => text?.Length > QueryGuard.LongestText
        ? text[..QueryGuard.LongestText] + "…"
        : text;
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TandemFetch.Engine.Assistant.Server;
using TandemFetch.Engine.Assistant.Tools;

namespace TandemFetch.Engine.Assistant.Worker;

/// <summary>Reads requests, one a line, runs them one after the other, and writes the responses.</summary>
internal static class WorkerLoop
{
    /// <summary>Runs until the requests end, and ends the process.</summary>
    public static void RunToEnd()
    {
        using var taken = StandardOutput.Take();
        var output = taken.Stream;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var lines = new BlockingCollection<string>();
        var reader = new Thread(() => ReadLines(lines)) { IsBackground = true };
        reader.Start();
        var settings = JsonSerializer.Deserialize<WorkerSettings>(lines.Take(), AssistantJson.Options)!;
        Write(output, new WorkerResponse(0));
        foreach (var line in lines.GetConsumingEnumerable())
        {
            var request = JsonSerializer.Deserialize<WorkerRequest>(line, AssistantJson.Options)!;
            Write(output, RespondAsync(request, settings).GetAwaiter().GetResult());
        }
    }

    /// <summary>Runs a call.</summary>
    internal static async Task<WorkerResponse> RespondAsync(WorkerRequest request, WorkerSettings settings)
    {
        try
        {
            var tool = AssistantTools.Find(request.Tool)
                ?? throw ToolArguments.Invalid($"There is no tool '{request.Tool}'.");
            var call = new ToolCall(
                settings.Scope,
                settings.Limits,
                new ToolArguments(request.Arguments, tool.Arguments),
                TimeProvider.System.GetUtcNow());
            var result = await tool.Run(call).ConfigureAwait(false);
            return new WorkerResponse(
                request.Id,
                JsonSerializer.SerializeToElement(result.Value, tool.Result, AssistantJson.Options),
                result.Rows);
        }
        catch (Exception failure)
        {
            var (id, sentence) = PlainFailure.Of(failure);
            return new WorkerResponse(request.Id, ErrorId: id, Error: sentence);
        }
    }

    // When nobody asks any more, a call that still runs is of no use.
    private static void ReadLines(BlockingCollection<string> lines)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        while (input.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        using var process = Process.GetCurrentProcess();
        process.Kill();
    }

    private static void Write(Stream output, WorkerResponse response)
    {
        JsonSerializer.Serialize(output, response, AssistantJson.Options);
        output.WriteByte((byte)'\n');
        output.Flush();
    }
}

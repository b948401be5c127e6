using System.Text;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>An account whose log requests are all handled by a function.</summary>
internal sealed class StubSource(IReadOnlyList<SourcePump> pumps, Func<string, DateOnly, DateOnly, string> answer) : ILogSource
{
    public List<(string Pump, DateOnly First, DateOnly Last)> Requests { get; } = [];

    /// <summary>One pump that serves the same page for every request.</summary>
    public static StubSource Serving(JsonObject page, string device, DateTime first, DateTime last) =>
        new([Pump(device, first, last)], (_, _, _) => page.ToJsonString());

    public static SourcePump Pump(string device, DateTime? first, DateTime? last, DateTimeOffset? upload = null) =>
        new(device, "9" + device[^7..], "t:slim X2", "7.8.0.0", "Control-IQ", first, last, upload, null, null);

    public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new SourceAccount(Regions.US, pumps));

    public Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
    {
        Requests.Add((assignmentId, firstDay, lastDay));
        var json = Encoding.UTF8.GetBytes(answer(assignmentId, firstDay, lastDay));
        return Task.FromResult(new LogPage(json, json.Length));
    }
}

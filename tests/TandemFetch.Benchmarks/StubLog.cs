using System.Text;
using TandemFetch.Engine.Source;

namespace TandemFetch.Benchmarks;

/// <summary>
/// The account of a <see cref="PageFolder"/>, whose log responds to every request with one late entry.
/// </summary>
internal sealed class StubLog(PageFolder folder, string entry) : ILogSource
{
    public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) => folder.GetAccountAsync(cancellationToken);

    public Task<LogPage> GetLogPageAsync(string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"events":[{{entry}}],"clockChanges":[]}""");
        return Task.FromResult(new LogPage(json, json.Length));
    }
}

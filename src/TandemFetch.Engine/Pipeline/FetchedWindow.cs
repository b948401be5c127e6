using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Pipeline;

/// <summary>One answer of the log, split into its entries.</summary>
/// <param name="Days">The days asked for.</param>
/// <param name="Answer">The answer as received.</param>
/// <param name="Page">Its entries.</param>
internal sealed record FetchedWindow(DayRange Days, LogPage Answer, SplitPage Page) : IDisposable
{
    public void Dispose() => Answer.Dispose();
}

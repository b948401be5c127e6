using System.Collections.Concurrent;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Pipeline;

/// <summary>A response of the log, split into its entries.</summary>
/// <param name="Days">The requested days.</param>
/// <param name="Answer">The response as received.</param>
/// <param name="Page">Its entries.</param>
/// <param name="Spare">
/// Where the page is returned for the next response: otherwise, lists of several megabytes per window would be most of
/// what a fetch allocates.
/// </param>
internal sealed record FetchedWindow(DayRange Days, LogPage Answer, SplitPage Page, ConcurrentBag<SplitPage> Spare) : IDisposable
{
    public void Dispose()
    {
        Answer.Dispose();
        Spare.Add(Page);
    }
}

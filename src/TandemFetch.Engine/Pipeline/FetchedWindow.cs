using System.Collections.Concurrent;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Pipeline;

/// <summary>One answer of the log, split into its entries.</summary>
/// <param name="Days">The days asked for.</param>
/// <param name="Answer">The answer as received.</param>
/// <param name="Page">Its entries.</param>
/// <param name="Spare">Where the page goes for the next answer: lists of some megabytes a window would else be most of what a fetch allocates.</param>
internal sealed record FetchedWindow(DayRange Days, LogPage Answer, SplitPage Page, ConcurrentBag<SplitPage> Spare) : IDisposable
{
    public void Dispose()
    {
        Answer.Dispose();
        Spare.Add(Page);
    }
}

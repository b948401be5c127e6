namespace TandemFetch.Engine.Lake;

/// <summary>Work on one pump of a lake after the other.</summary>
internal static class LakePumps
{
    /// <summary>
    /// Does the work for each pump and returns the results in the order of the pumps, each as soon as those before it
    /// are there.
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="pumps">The pumps as the lake names them.</param>
    /// <param name="isParallel">Whether to use all processors.</param>
    /// <param name="work">The work, which must not use anything that others change.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TandemException">That of the first pump whose work fails.</exception>
    public static IEnumerable<T> Each<T>(
        IEnumerable<string> pumps, bool isParallel, Func<string, T> work, CancellationToken cancellationToken)
    {
        // No more results wait than there are processors, so that memory does not grow with the number of pumps.
        var most = isParallel ? Environment.ProcessorCount : 1;
        var running = new Queue<Task<T>>();
        try
        {
            foreach (var pump in pumps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                running.Enqueue(Task.Run(() => work(pump), cancellationToken));
                if (running.Count == most)
                {
                    yield return running.Dequeue().GetAwaiter().GetResult();
                }
            }

            while (running.Count > 0)
            {
                yield return running.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            // Nothing may use the lake after the command has ended.
            Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        }
    }
}

namespace TandemFetch.Engine.Analytics;

/// <summary>Does two things at once, each on a core.</summary>
internal static class SideBySide
{
    /// <summary>Runs one function here and another beside it. Returns, or throws, only when both have ended.</summary>
    public static (TFirst First, TSecond Second) Run<TFirst, TSecond>(Func<TFirst> first, Func<TSecond> second)
    {
        var beside = Task.Run(second);
        try
        {
            return (first(), beside.GetAwaiter().GetResult());
        }
        finally
        {
            ((Task)beside).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }
}

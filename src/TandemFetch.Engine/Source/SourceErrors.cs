namespace TandemFetch.Engine.Source;

/// <summary>Ids of the failures that callers of this room tell apart.</summary>
public static class SourceErrors
{
    /// <summary>The server kept failing on a date range; a smaller one may succeed.</summary>
    public const string RangeFailed = nameof(RangeFailed);
}

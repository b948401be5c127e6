namespace TandemFetch.Engine.Source;

/// <summary>Why an attempt failed that may succeed if it is retried.</summary>
internal enum FailureReason
{
    /// <summary>There was no connection, or it broke before the response began.</summary>
    Connection,

    /// <summary>The server sent nothing, or its response took too long.</summary>
    Timeout,

    /// <summary>The server responded with a status that means a problem of its own.</summary>
    Status,

    /// <summary>The server is limiting requests.</summary>
    RateLimit,

    /// <summary>The response was truncated, or is not the expected JSON.</summary>
    Malformed,
}

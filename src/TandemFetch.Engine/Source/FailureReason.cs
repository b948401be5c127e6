namespace TandemFetch.Engine.Source;

/// <summary>Why an attempt failed that may succeed when it is repeated.</summary>
internal enum FailureReason
{
    /// <summary>There was no connection, or it broke before the answer began.</summary>
    Connection,

    /// <summary>The server was silent, or its answer took too long.</summary>
    Timeout,

    /// <summary>The server answered with a status that stands for trouble of its own.</summary>
    Status,

    /// <summary>The server asks for a pause.</summary>
    RateLimit,

    /// <summary>The answer was cut off, or is not the JSON it should be.</summary>
    Malformed,
}

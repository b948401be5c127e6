namespace TandemFetch.Sandbox.Nightscout;

/// <summary>A request and how it ended.</summary>
/// <param name="At">When it came.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path as sent.</param>
/// <param name="Query">The query as sent, with its question mark; secrets in it are not hidden.</param>
public sealed record NightscoutRequest(DateTimeOffset At, string Method, string Path, string Query)
{
    /// <summary>All headers as sent; names are not case-sensitive.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Bytes of the body as sent; 0 if its length is unknown and it was not read.</summary>
    public long BodyBytes { get; init; }

    /// <summary>Documents in the body; 0 if it was not read.</summary>
    public int Documents { get; init; }

    /// <summary>How long the request was delayed, or would have been, because of wrong secrets before it.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The status of the response; 0 if there is none, or none yet.</summary>
    public int Status { get; init; }

    /// <summary>A header's value, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

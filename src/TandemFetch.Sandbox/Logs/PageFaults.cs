namespace TandemFetch.Sandbox.Logs;

/// <summary>What is wrong with one page of the log.</summary>
internal sealed record PageFaults
{
    public static PageFaults None { get; } = new();

    /// <summary>Every so many entries are written twice.</summary>
    public int DuplicateEvery { get; init; }

    /// <summary>One entry has fields of a wrong JSON type.</summary>
    public bool WrongTypes { get; init; }

    /// <summary>One entry lacks its key.</summary>
    public bool MalformedEntry { get; init; }

    /// <summary>Entries with codes that nobody knows are strewn in.</summary>
    public bool UnknownCodes { get; init; }

    /// <summary>This share of the entries is held back.</summary>
    public double WithheldShare { get; init; }

    /// <summary>Decides which entries are held back.</summary>
    public ulong Seed { get; init; }

    /// <summary>The page covers ten times the requested days.</summary>
    public bool Huge { get; init; }
}

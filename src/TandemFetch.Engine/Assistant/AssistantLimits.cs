namespace TandemFetch.Engine.Assistant;

/// <summary>How much a call may take, and how much it may return.</summary>
public sealed record AssistantLimits
{
    /// <summary>How long a call may take before its process is killed.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30.0);

    /// <summary>How much memory the process of the calls may have resident before it is killed, bytes.</summary>
    public long ResidentBytes { get; init; } = 1L << 30;

    /// <summary>How much memory DuckDB may use, as it writes amounts.</summary>
    public string DatabaseMemory { get; init; } = "400MB";

    /// <summary>Rows of a result at most, whatever a call asks for.</summary>
    public int Rows { get; init; } = 2_000;

    /// <summary>Size of the rows of a result at most, bytes of JSON.</summary>
    public int Bytes { get; init; } = 120_000;

    /// <summary>How long to wait for another process to release the file.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(3.0);
}

namespace TandemFetch.Engine.Queries;

/// <summary>One or more statements, and the values of their parameters.</summary>
/// <param name="Text">The SQL.</param>
public sealed record QueryRequest(string Text)
{
    /// <summary>Values by name, without the <c>$</c>; each must be a parameter of the statements.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>Called for parameters that have no value yet; returns false if it has none either.</summary>
    public TryGetParameter? MoreParameters { get; init; }

    /// <summary>Whether the statements may change the file.</summary>
    public bool AllowWrite { get; init; }

    /// <summary>Whether the text was read from a file, in which PowerShell expands nothing.</summary>
    public bool IsFromFile { get; init; }

    /// <summary>
    /// Called after each statement that writes and has no rows of its own, with the number of rows that it affected.
    /// </summary>
    public Action<long>? OnRowsAffected { get; init; }
}

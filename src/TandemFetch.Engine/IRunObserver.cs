namespace TandemFetch.Engine;

/// <summary>
/// Hears what a long operation is doing. Cmdlets turn it into PowerShell's streams, tests record it.
/// Calls come from any thread, one at a time; they must return quickly and must not throw. No call ever carries a secret.
/// </summary>
public interface IRunObserver
{
    /// <summary>How far the work has come.</summary>
    void Progress(RunProgress progress);

    /// <summary>A line of the story of the run, for <c>-Verbose</c>.</summary>
    void Verbose(string message);

    /// <summary>A detail such as one request and its answer, for <c>-Debug</c>.</summary>
    void Debug(string message);

    /// <summary>Something that the user should know, though the work goes on.</summary>
    void Warning(string message);
}

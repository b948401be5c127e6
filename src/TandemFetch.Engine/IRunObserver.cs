namespace TandemFetch.Engine;

/// <summary>
/// Receives messages and progress of a long operation. Cmdlets forward them to PowerShell's streams, tests record them.
/// Calls come from any thread, one at a time; they must return quickly and must not throw. No call ever contains a
/// secret.
/// </summary>
public interface IRunObserver
{
    /// <summary>How far the work has come.</summary>
    void Progress(RunProgress progress);

    /// <summary>A progress message, for <c>-Verbose</c>.</summary>
    void Verbose(string message);

    /// <summary>A detail such as a request and its response, for <c>-Debug</c>.</summary>
    void Debug(string message);

    /// <summary>Something that the user should know, although the work continues.</summary>
    void Warning(string message);
}

using System.Collections.Concurrent;

namespace TandemFetch.Engine.Tests.Source;

/// <summary>Keeps every line.</summary>
internal sealed class RecordingObserver : IRunObserver
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public void Progress(RunProgress progress) => Lines.Enqueue(progress.ToString());

    public void Verbose(string message) => Lines.Enqueue(message);

    public void Debug(string message) => Lines.Enqueue(message);

    public void Warning(string message)
    {
        Lines.Enqueue(message);
        Warnings.Enqueue(message);
    }
}

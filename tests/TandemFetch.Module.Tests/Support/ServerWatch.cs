using System.Diagnostics;
using System.IO.Pipes;

namespace TandemFetch.Module.Tests.Support;

/// <summary>
/// Looks on Linux at the process of a server and at the one that it starts for its calls: at their open files, sockets
/// and memory. What must not be is a finding.
/// </summary>
internal sealed class ServerWatch
{
    /// <summary>The most memory that the server itself may take, bytes.</summary>
    public const long ServerBytes = 600L << 20;

    private const string WorkerVariable = "TANDEM_ASSISTANT_WORKER";

    // .NET maps the code that it compiles through a file in memory.
    private static readonly string[] Harmless = ["pipe:", "anon_inode:", "socket:", "/memfd:doublemapper", "/dev/null"];

    private readonly LinuxProcess _server;
    private readonly string _writable;
    private readonly long _workerBytes;
    private readonly IReadOnlyList<string> _streams;
    private readonly HashSet<string> _sockets;
    private int _expectedRestarts;

    /// <summary>Looks at a server that has started, whose sockets are those of PowerShell.</summary>
    /// <param name="process">The server, with its standard streams redirected to this process.</param>
    /// <param name="writable">The only file that it may write.</param>
    /// <param name="workerBytes">The most memory that the process of the calls may take, bytes.</param>
    public ServerWatch(Process process, string writable, long workerBytes)
    {
        _server = new LinuxProcess(process.Id);
        _writable = writable;
        _workerBytes = workerBytes;
        _streams = [TargetOf(process.StandardInput.BaseStream), TargetOf(process.StandardOutput.BaseStream)];
        _sockets = [.. SocketsOf(_server)];
        Worker = _server.Children.SingleOrDefault();
        if (!_streams.All(stream => _server.Files.Any(file => file.Target == stream)))
        {
            Streams.Add("The server does not have the streams that were redirected.");
        }
    }

    /// <summary>Files that can be written to and are none of the server's business.</summary>
    public HashSet<string> Files { get; } = [];

    /// <summary>Sockets that were not there from the beginning.</summary>
    public HashSet<string> Sockets { get; } = [];

    /// <summary>Streams of the server that the process of the calls has, too.</summary>
    public HashSet<string> Streams { get; } = [];

    /// <summary>Processes that are too large, too many, or other ones without a reason.</summary>
    public HashSet<string> Processes { get; } = [];

    /// <summary>The most memory that the server has had resident, bytes.</summary>
    public long ServerPeak { get; private set; }

    /// <summary>The most memory that a process of the calls has had resident, bytes.</summary>
    public long WorkerPeak { get; private set; }

    /// <summary>How often the process of the calls was another one.</summary>
    public int Restarts { get; private set; }

    /// <summary>The process of the calls; null while there is none.</summary>
    public LinuxProcess? Worker { get; private set; }

    /// <summary>A call has been ended, so that another process runs the next one.</summary>
    public void ExpectRestart() => _expectedRestarts++;

    /// <summary>Looks at the processes while no call runs.</summary>
    public void Look()
    {
        LookAtFiles();
        var workers = _server.Children;
        if (workers.Count > 1)
        {
            Processes.Add($"{workers.Count} processes at once");
        }

        if (workers.Count == 0 && _expectedRestarts == 0)
        {
            Processes.Add("no process for the calls");
        }

        if (workers is [var worker, ..] && worker != Worker)
        {
            if (_expectedRestarts-- == 0)
            {
                Processes.Add($"process {Worker?.Id} became {worker.Id} though no call was ended");
            }

            Worker = worker;
            Restarts++;
        }
    }

    /// <summary>Looks at what the processes have open, and at their memory.</summary>
    public void LookAtFiles()
    {
        Inspect(_server, _sockets);
        ServerPeak = Math.Max(ServerPeak, _server.PeakBytes);

        // A process that is just being started has what the server has until its program begins.
        foreach (var worker in _server.Children.Where(child => child.HasVariable(WorkerVariable)))
        {
            Inspect(worker, []);
            WorkerPeak = Math.Max(WorkerPeak, worker.PeakBytes);
            Streams.UnionWith(worker.Files.Select(file => file.Target).Intersect(_streams));
        }

        if (ServerPeak > ServerBytes || WorkerPeak > _workerBytes)
        {
            Processes.Add("too much memory");
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"at most {ServerPeak >> 20} MB for the server and {WorkerPeak >> 20} MB for the calls, whose process was "
        + $"started again {Restarts} times";

    private void Inspect(LinuxProcess process, HashSet<string> sockets)
    {
        Sockets.UnionWith(SocketsOf(process).Where(socket => !sockets.Contains(socket)));
        Files.UnionWith(process.Files
            .Where(file => file.CanWrite && file.Target != _writable
                && !Harmless.Any(harmless => file.Target.StartsWith(harmless, StringComparison.Ordinal)))
            .Select(file => file.Target));
    }

    private static IEnumerable<string> SocketsOf(LinuxProcess process) =>
        process.Files.Select(file => file.Target).Where(file => file.StartsWith("socket:", StringComparison.Ordinal));

    private static string TargetOf(Stream stream) =>
        LinuxProcess.TargetOf(((PipeStream)stream).SafePipeHandle.DangerousGetHandle());
}

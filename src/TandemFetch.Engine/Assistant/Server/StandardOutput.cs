using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>
/// The standard output of a process, taken for one writer until disposed: whatever else writes there, managed or
/// native, writes to the standard error. On Windows, native code that has looked up its output before keeps it.
/// </summary>
public sealed partial class StandardOutput : IDisposable
{
    private const int Output = 1;
    private const int Error = 2;
    private const int WindowsOutput = -11;
    private const int WindowsError = -12;

    // FIOCLEX. fcntl takes its value as a variable argument, which macOS passes in another way than .NET does; this
    // request needs no value.
    private static readonly nuint CloseOnExec = OperatingSystem.IsLinux() ? 0x5451u : 0x2000_6601u;

    private readonly TextWriter _writer = Console.Out;
    private readonly nint _target;

    private StandardOutput()
    {
        // On Linux and macOS, .NET duplicates the descriptor, so that the stream keeps its target.
        Stream = Console.OpenStandardOutput();
        _target = OperatingSystem.IsWindows() ? GetStdHandle(WindowsOutput) : Duplicate(Output);
        if (!OperatingSystem.IsWindows())
        {
            // No process that this one starts inherits it.
            _ = Control((int)_target, CloseOnExec);
        }

        Console.SetOut(Console.Error);
        var isTaken = OperatingSystem.IsWindows()
            ? SetStdHandle(WindowsOutput, GetStdHandle(WindowsError))
            : Duplicate(Error, Output) >= 0;
        if (!isTaken)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>What the one writer writes to.</summary>
    internal Stream Stream { get; }

    /// <summary>Takes it.</summary>
    /// <exception cref="Win32Exception">The system does not let it be taken.</exception>
    public static StandardOutput Take() => new();

    /// <summary>Gives it back.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (OperatingSystem.IsWindows())
        {
            SetStdHandle(WindowsOutput, _target);
        }
        else
        {
            _ = Duplicate((int)_target, Output);
            _ = Close((int)_target);
        }

        Console.SetOut(_writer);
    }

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int descriptor, int replaced);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetStdHandle(int which, nint handle);
}

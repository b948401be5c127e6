using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace TandemFetch.Shell;

/// <summary>Shows what PowerShell has to say on two text streams: output on the one, everything else on the other.</summary>
internal sealed class ShellHost : PSHost
{
    private readonly ShellUserInterface _ui;

    /// <summary>A host on any two writers.</summary>
    /// <param name="output">Takes what the script emits.</param>
    /// <param name="messages">Takes errors, warnings, verbose lines and progress.</param>
    /// <param name="width">How many columns a line has.</param>
    /// <param name="isTerminal">Whether a person is looking on, so that progress may overwrite itself and colour means something.</param>
    public ShellHost(TextWriter output, TextWriter messages, int width, bool isTerminal)
    {
        _ui = new ShellUserInterface(output, messages, width, isTerminal);
        PrivateData = new PSObject();
    }

    /// <summary>The exit code that the script asked for.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>How many lines of errors were shown.</summary>
    public int ErrorLines => _ui.ErrorLines;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => "TandemFetch.Shell";

    /// <inheritdoc/>
    public override PSObject PrivateData { get; }

    /// <inheritdoc/>
    public override PSHostUserInterface UI => _ui;

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    /// <summary>A host on this process's own console.</summary>
    public static ShellHost OnConsole()
    {
        var isTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
        return new ShellHost(Console.Out, Console.Error, isTerminal ? Console.WindowWidth : 120, isTerminal);
    }

    /// <summary>Leaves the line that progress was drawn on.</summary>
    public void EndProgress() => _ui.EndProgress();

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw NotInteractive();

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw NotInteractive();

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }

    /// <summary>What every prompt is answered with.</summary>
    internal static HostException NotInteractive() =>
        new("This shell runs scripts and asks nothing. Give the value as a parameter, or run the script in pwsh.");
}

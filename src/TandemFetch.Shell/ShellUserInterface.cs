using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace TandemFetch.Shell;

/// <summary>The writing half of <see cref="ShellHost"/>.</summary>
internal sealed class ShellUserInterface(TextWriter output, TextWriter messages, int width, bool isTerminal)
    : PSHostUserInterface
{
    private readonly ProgressLine _progress = new(messages, width, isTerminal);

    /// <summary>How many lines of errors were shown.</summary>
    public int ErrorLines { get; private set; }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface(width);

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal { get; } =
        isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Leaves the line that progress was drawn on.</summary>
    public void EndProgress() => _progress.Clear();

    /// <inheritdoc/>
    public override void Write(string value)
    {
        _progress.Clear();
        output.Write(Plain(value));
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string value)
    {
        _progress.Clear();
        output.WriteLine(Plain(value));
    }

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        ErrorLines++;
        WriteMessage(value);
    }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteMessage("WARNING: " + message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteMessage("VERBOSE: " + message);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteMessage("DEBUG: " + message);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    /// <inheritdoc/>
    public override string ReadLine() => throw ShellHost.NotInteractive();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw ShellHost.NotInteractive();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => throw ShellHost.NotInteractive();

    /// <inheritdoc/>
    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw ShellHost.NotInteractive();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => throw ShellHost.NotInteractive();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw ShellHost.NotInteractive();

    private void WriteMessage(string line)
    {
        _progress.Clear();
        output.Flush();
        messages.WriteLine(Plain(line));
    }

    // Views carry colour as escape sequences; taking them out is the host's part.
    private string Plain(string text) => GetOutputString(text, SupportsVirtualTerminal);
}

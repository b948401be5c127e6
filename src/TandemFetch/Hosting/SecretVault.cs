using System.Management.Automation;
using TandemFetch.Engine;

namespace TandemFetch.Hosting;

/// <summary>
/// Reads secrets through the module Microsoft.PowerShell.SecretManagement, if it is installed. Call this on the
/// pipeline thread, because a vault may ask for its own password.
/// </summary>
internal static class SecretVault
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    private const string Script = $"param($Name) & '{Module}\\Get-Secret' -Name $Name -ErrorAction Stop";

    /// <summary>
    /// The e-mail address and password in a secret; null, with a warning, if the module is not installed.
    /// </summary>
    /// <param name="command">The command that needs them.</param>
    /// <param name="name">The name of the secret.</param>
    /// <exception cref="TandemException">
    /// <c>SecretUnavailable</c>: there is no such secret, or its vault cannot be read. <c>SecretInvalid</c>: it does
    /// not consist of a user name and a password.
    /// </exception>
    public static PSCredential? Read(PSCmdlet command, string name) => ReadAny(command, name) is { } secret
        ? secret as PSCredential ?? throw new TandemException(
            "SecretInvalid",
            TandemErrorKind.InvalidData,
            $"The secret '{name}' is not a credential. Store the e-mail address and the password together: "
            + $"Set-Secret {name} (Get-Credential).",
            name)
        : null;

    /// <summary>What a secret contains; null, with a warning, if the module is not installed.</summary>
    /// <param name="command">The command that needs it.</param>
    /// <param name="name">The name of the secret.</param>
    /// <exception cref="TandemException">
    /// <c>SecretUnavailable</c>: there is no such secret, or its vault cannot be read.
    /// </exception>
    public static object? ReadAny(PSCmdlet command, string name)
    {
        var types = CommandTypes.Cmdlet | CommandTypes.Function;
        if (command.InvokeCommand.GetCommand($"{Module}\\Get-Secret", types) is null)
        {
            command.WriteWarning(
                $"The secret '{name}' from the settings is not used, because the module {Module} is not installed.");
            return null;
        }

        return Find(command, name)?.BaseObject ?? throw Unavailable(name, "It does not exist.", null);
    }

    private static PSObject? Find(PSCmdlet command, string name)
    {
        try
        {
            return command.InvokeCommand.InvokeScript(Script, name).FirstOrDefault();
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            throw Unavailable(name, failure.Message, failure);
        }
    }

    private static TandemException Unavailable(string name, string why, Exception? cause) => new(
        "SecretUnavailable",
        TandemErrorKind.Authentication,
        $"The secret '{name}' from the settings cannot be read. {why} "
        + "Get-SecretInfo lists the secrets; Set-TandemConfiguration changes the setting.",
        name,
        cause);
}

using System.Management.Automation;
using System.Net;
using System.Security;
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

    /// <summary>What a secret contains; null if the module is not installed, with a warning for a setting.</summary>
    /// <param name="command">The command that needs it.</param>
    /// <param name="name">The name of the secret.</param>
    /// <param name="isSetting">Whether the name is that of the settings; otherwise, a parameter says it.</param>
    /// <exception cref="TandemException">
    /// <c>SecretUnavailable</c>: there is no such secret, or its vault cannot be read.
    /// </exception>
    public static object? ReadAny(PSCmdlet command, string name, bool isSetting = true)
    {
        var types = CommandTypes.Cmdlet | CommandTypes.Function;
        if (command.InvokeCommand.GetCommand($"{Module}\\Get-Secret", types) is null)
        {
            if (isSetting)
            {
                command.WriteWarning(
                    $"The secret '{name}' from the settings is not used, because the module {Module} is not "
                    + "installed.");
            }

            return null;
        }

        return Find(command, name, isSetting)?.BaseObject
            ?? throw Unavailable(name, "It does not exist.", isSetting, null);
    }

    /// <summary>The text of a secret; null if it is not text.</summary>
    /// <param name="secret">What <see cref="ReadAny"/> has read.</param>
    public static string? TextOf(object secret) => secret switch
    {
        string text => text,
        PSCredential credential => TextOf(credential.Password),
        SecureString text => TextOf(text),
        _ => null,
    };

    /// <summary>The text of a secret.</summary>
    public static string TextOf(SecureString secret) => new NetworkCredential("", secret).Password;

    private static PSObject? Find(PSCmdlet command, string name, bool isSetting)
    {
        try
        {
            return command.InvokeCommand.InvokeScript(Script, name).FirstOrDefault();
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            throw Unavailable(name, failure.Message, isSetting, failure);
        }
    }

    private static TandemException Unavailable(string name, string why, bool isSetting, Exception? cause) => new(
        "SecretUnavailable",
        TandemErrorKind.Authentication,
        $"The secret '{name}'{(isSetting ? " from the settings" : "")} cannot be read. {why} "
        + "Get-SecretInfo lists the secrets" + (isSetting ? "; Set-TandemConfiguration changes the setting." : "."),
        name,
        cause);
}

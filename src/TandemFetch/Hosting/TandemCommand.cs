using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Settings;
using TandemFetch.Engine.Source;

namespace TandemFetch.Hosting;

/// <summary>
/// The base of all commands: they can be stopped at any time, and whatever the engine throws becomes an error record.
/// Derived commands override <see cref="Begin"/>, <see cref="Process"/> and <see cref="End"/>; asynchronous work uses
/// <see cref="Await"/>.
/// </summary>
public abstract class TandemCommand : PSCmdlet, IDisposable
{
    /// <summary>
    /// How wildcards match names: the same in every language. In Turkish, i is not the small letter of I.
    /// </summary>
    private protected const WildcardOptions NameWildcards =
        WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;

    private const string ErrorAction = nameof(ErrorAction);

    private readonly CancellationTokenSource _stop = new();
    private UserSettings? _settings;
    private bool _failed;

    /// <summary>Cancelled when the user stops the command.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>The user's settings.</summary>
    /// <exception cref="TandemException">One of <see cref="SettingsErrors"/>.</exception>
    private protected UserSettings Settings => _settings ??= UserSettings.Load();

    /// <summary>The current location in the file system, whatever provider the prompt is in.</summary>
    private protected string CurrentFolder => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>Releases what the command holds; PowerShell calls it however the pipeline ends.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Begin"/>
    protected sealed override void BeginProcessing() => Run(Begin);

    /// <inheritdoc cref="Process"/>
    protected sealed override void ProcessRecord() => Run(Process);

    /// <inheritdoc cref="End"/>
    protected sealed override void EndProcessing() => Run(End);

    /// <summary>
    /// PowerShell calls this on a separate thread; the command ends by itself once it sees the token.
    /// </summary>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Once, before the first object from the pipeline.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Once for every object from the pipeline, or once when there is no pipeline.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Once, after the last object from the pipeline.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Releases what the command holds.</summary>
    /// <param name="disposing">Always true: no command has a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>
    /// Runs an asynchronous body to its end. The calls that it makes through its <see cref="PipelineWriter"/> are made
    /// here, on the pipeline thread; the body must not use the command's own <c>Write</c> methods.
    /// </summary>
    /// <param name="body">
    /// The work. Its token is cancelled when the user stops the command or the pipeline accepts no more output.
    /// </param>
    protected void Await(Func<PipelineWriter, CancellationToken, Task> body) => PipelinePump.Run(this, body, StopToken);

    /// <summary>Reports that one item failed; the command continues.</summary>
    protected void WriteFailure(TandemException failure) => WriteError(ErrorRecords.From(failure));

    /// <summary>
    /// The account that the parameters, the environment, the settings and the credentials file specify. Call this on
    /// the pipeline thread: a secret in the settings is read here, unless another account takes precedence.
    /// </summary>
    /// <param name="given">The credential from the command, or null.</param>
    /// <exception cref="TandemException">The settings, or the secret that they name, cannot be used.</exception>
    private protected CredentialRequest RequestAccount(PSCredential? given = null)
    {
        var usesSettings = given is null && !SourceEnvironment.HasAccount;
        var name = usesSettings ? Settings.Get<string>(Setting.CredentialSecret) : null;
        var secret = name is null ? null : SecretVault.Read(this, name);
        return new CredentialRequest
        {
            Email = given?.UserName,
            Password = PasswordOf(given),
            Settings = new CredentialPlace
            {
                Name = secret is null ? Settings.Path : $"the secret '{name}'",
                Email = secret?.UserName,
                Password = PasswordOf(secret),
                Region = (string?)Settings.InFile(Setting.Region),
                TimeZone = (string?)Settings.InFile(Setting.TimeZone),
            },
            Directory = CurrentFolder,
        };
    }

    private static Func<string>? PasswordOf(PSCredential? credential) =>
        credential is { Password.Length: > 0 } ? () => credential.GetNetworkCredential().Password : null;

    private void Run(Action step)
    {
        if (_failed)
        {
            return;
        }

        try
        {
            step();
        }
        catch (Exception flow) when (ErrorRecords.BelongsToPowerShell(flow))
        {
            throw;
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception failure)
        {
            Fail(ErrorRecords.From(failure));
        }
    }

    // PowerShell ignores -ErrorAction for an error that terminates the statement. If it is specified, the error is
    // therefore written as any other, which PowerShell shows, hides or turns into the end of the script, and the rest
    // of the command does not run.
    private void Fail(ErrorRecord error)
    {
        if (!MyInvocation.BoundParameters.ContainsKey(ErrorAction))
        {
            ThrowTerminatingError(error);
        }

        _failed = true;
        WriteError(error);
    }
}

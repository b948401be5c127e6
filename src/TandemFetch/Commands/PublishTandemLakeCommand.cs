using System.Management.Automation;
using System.Text;
using TandemFetch.Engine;
using TandemFetch.Engine.Lake;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Adds the pumps of the database to a lake, a folder of Parquet files of many pumps, or brings them up to date there.
/// Only tables with changed rows are written again, and files of other pumps are never touched.
/// </summary>
[Cmdlet(VerbsData.Publish, "TandemLake", SupportsShouldProcess = true, DefaultParameterSetName = AsTheyAre)]
[OutputType(typeof(PublishedPump))]
public sealed class PublishTandemLakeCommand : DatabaseCommand
{
    private const string AsTheyAre = "Names";
    private const string ByFile = "KeyFile";
    private const string BySecret = "KeySecret";

    /// <summary>The folder of the lake; created if it does not exist.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Serial numbers of the pumps; all pumps by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SerialNumber")]
    [ArgumentCompleter(typeof(PumpSerialCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? PumpSerial { get; set; }

    /// <summary>
    /// Replaces serial numbers and the keys of pumps by keyed hashes, and leaves out profiles and settings.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByFile)]
    [Parameter(Mandatory = true, ParameterSetName = BySecret)]
    public SwitchParameter Pseudonym { get; set; }

    /// <summary>A file with the key of the pseudonyms, at least 32 characters.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByFile)]
    [ValidateNotNullOrEmpty]
    public string KeyFile { get; set; } = "";

    /// <summary>The name of a secret of SecretManagement with the key of the pseudonyms.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BySecret)]
    [ValidateNotNullOrEmpty]
    public string KeySecret { get; set; } = "";

    /// <summary>
    /// Moves the dates of each pump into the past by one to eight years, in whole weeks: the day of the week and the
    /// season stay.
    /// </summary>
    [Parameter(ParameterSetName = ByFile)]
    [Parameter(ParameterSetName = BySecret)]
    public SwitchParameter ShiftDates { get; set; }

    /// <summary>Publishes a pump although the lake has newer or more entries of it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var lake = LakeSource.Folder(Path, SessionState.Path);
        if (!ShouldProcess(lake.Path, "Publish the pumps of the database"))
        {
            return;
        }

        var request = new LakeRequest(lake)
        {
            PumpSerials = PumpSerial ?? [],
            Pseudonyms = FindKey(),
            ShiftsDates = ShiftDates,
            Force = Force,
            LockTimeout = LockTimeLimit,
        };
        using var database = OpenDerived();
        Await((pipeline, cancellationToken) => Task.Run(
            () =>
            {
                using var observer = new CmdletObserver(pipeline);
                foreach (var pump in new LakePublisher(database, request, observer).Run(cancellationToken))
                {
                    pipeline.WriteObject(pump);
                }
            },
            cancellationToken));
    }

    private Pseudonyms? FindKey() => ParameterSetName switch
    {
        ByFile => Pseudonyms.Of(ReadKeyFile(out var path), $"'{path}'"),
        BySecret => Pseudonyms.Of(Encoding.UTF8.GetBytes(ReadSecret()), $"the secret '{KeySecret}'"),
        _ => null,
    };

    private byte[] ReadKeyFile(out string path)
    {
        path = ResolvePath(KeyFile, SessionState.Path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw KeyInvalid($"The key file '{path}' cannot be read: {Sentence.Of(error)}", path, error);
        }
    }

    private string ReadSecret()
    {
        var secret = SecretVault.ReadAny(this, KeySecret, isSetting: false) ?? throw KeyInvalid(
            $"The secret '{KeySecret}' needs the module Microsoft.PowerShell.SecretManagement. Install it, or use "
            + "-KeyFile.",
            KeySecret);
        return SecretVault.TextOf(secret)
            ?? throw KeyInvalid($"The secret '{KeySecret}' is not text. Store the key with Set-Secret.", KeySecret);
    }

    private static TandemException KeyInvalid(string message, string target, Exception? cause = null) =>
        new(LakeErrors.KeyInvalid, TandemErrorKind.InvalidArgument, message, target, cause);
}

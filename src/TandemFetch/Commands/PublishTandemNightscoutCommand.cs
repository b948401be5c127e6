using System.Management.Automation;
using System.Security;
using TandemFetch.Engine;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Nightscout;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Settings;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Brings a Nightscout site to what the database says: sends what is new or changed, and deletes what is gone. A second
/// run sends nothing. What another uploader has written is left alone.
/// </summary>
[Cmdlet(VerbsData.Publish, "TandemNightscout", SupportsShouldProcess = true, DefaultParameterSetName = BySecret)]
[OutputType(typeof(NightscoutUpload))]
public sealed class PublishTandemNightscoutCommand : DatabaseCommand
{
    private const string BySecret = "Secret";
    private const string ByToken = "Token";

    private NightscoutAddress? _site;
    private NightscoutCredential? _credential;
    private string _path = "";
    private bool _follows;
    private bool _isPublished;

    /// <summary>
    /// Address of the site, such as <c>https://my.site.example</c>; by default <c>$env:TANDEM_NIGHTSCOUT_URI</c>,
    /// otherwise the one in the user's settings. It must not contain a secret or a token.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Uri { get; set; }

    /// <summary>
    /// The API secret of the site as the password; the user name does not matter. By default, the access token in
    /// <c>$env:TANDEM_NIGHTSCOUT_TOKEN</c>, otherwise the API secret in <c>$env:TANDEM_NIGHTSCOUT_SECRET</c>, otherwise
    /// the secret in the user's settings.
    /// </summary>
    [Parameter(ParameterSetName = BySecret)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>An access token of the site, whose role has the permissions that an uploader needs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByToken)]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>
    /// From when on documents are sent, corrected and deleted: how long ago (<c>7d</c>, <c>24h</c>), <c>today</c>,
    /// <c>yesterday</c>, or a date and time. Without an offset it is in the pump's zone, as <see cref="PumpTimeZone"/>
    /// determines it. By default, all of the database.
    /// </summary>
    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(MomentCompleter))]
    public Moment? Since { get; set; }

    /// <summary>Serial numbers of the pumps; all pumps by default.</summary>
    [Parameter]
    [Alias("SerialNumber")]
    [ArgumentCompleter(typeof(PumpSerialCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? PumpSerial { get; set; }

    /// <summary>What is sent; everything by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public NightscoutContent[]? What { get; set; }

    /// <summary>Deletes what another uploader has written of the same, and sends it from the database.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>
    /// What <c>Watch-TandemSource</c> or <c>Invoke-TandemBackfill</c> emits: the site is brought up to date after each
    /// cycle of the watch, and once after the last stage of the backfill.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Emits what was done, for each pump and each kind of content.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _path = ResolveDatabasePath();
        _site = NightscoutAddress.Parse(Uri ?? Settings.Get<string>(Setting.NightscoutUri) ?? throw new TandemException(
            NightscoutErrors.AddressMissing,
            TandemErrorKind.InvalidArgument,
            "The address of the Nightscout site is not known. Specify it with -Uri, $env:TANDEM_NIGHTSCOUT_URI or "
            + "Set-TandemConfiguration -NightscoutUri."));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (InputObject?.BaseObject)
        {
            case null or PipelineRun:
                return;
            case WatchCycle cycle:
                _follows = true;
                if (cycle.Fetched || !_isPublished)
                {
                    PublishCycle();
                }

                return;
            case var other:
                throw new TandemException(
                    NightscoutErrors.InputInvalid,
                    TandemErrorKind.InvalidArgument,
                    "Publish-TandemNightscout follows Watch-TandemSource or Invoke-TandemBackfill and takes the rows "
                    + $"from the database, so it cannot use a {other.GetType().Name}.",
                    other);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (!_follows)
        {
            Publish();
        }
    }

    /// <summary>Does not end the watch because of a failure that the next cycle may not have.</summary>
    private void PublishCycle()
    {
        try
        {
            Publish();
            _isPublished = true;
        }
        catch (TandemException failure) when (NightscoutErrors.MayPass(failure.ErrorId))
        {
            _isPublished = false;
            WriteFailure(failure);
        }
    }

    private void Publish()
    {
        var action = Replace
            ? "Send what is new or changed, delete what is gone, and replace what other uploaders have written"
            : "Send what is new or changed, and delete what is gone";
        if (!ShouldProcess($"{_site} from '{_path}'", action, "Publish-TandemNightscout", out var reason))
        {
            if (reason == ShouldProcessReason.WhatIf)
            {
                Preview();
            }

            return;
        }

        _credential ??= FindCredential();
        IReadOnlyList<NightscoutUpload> uploads = [];
        Await(async (pipeline, cancellationToken) =>
        {
            using var observer = new CmdletObserver(pipeline);

            // Only a backfill creates the file; here it is opened for reading, and a missing one is reported.
            var access = File.Exists(_path) ? DatabaseAccess.Write : DatabaseAccess.Read;
            using var database = await DatabaseFile.OpenAsync(_path, access, LockTimeLimit, cancellationToken)
                .ConfigureAwait(false);
            Warn(database, observer.Warning);
            uploads = await new NightscoutUploader(database, _site!, observer)
                .RunAsync(Request(database), _credential, options: null, cancellationToken).ConfigureAwait(false);
        });
        Report(uploads);
    }

    /// <summary>Says what would be done, without asking the site.</summary>
    private void Preview()
    {
        using var database = OpenDatabase(DatabaseAccess.Read);
        Warn(database, WriteWarning);
        var uploader = new NightscoutUploader(database, _site!, SilentObserver.Instance);
        foreach (var upload in uploader.Preview(Request(database)))
        {
            ShouldProcess($"{upload.What} of pump {upload.PumpSerial}", Describe(upload));
            if (PassThru)
            {
                WriteObject(upload);
            }
        }
    }

    private static void Warn(TandemDatabase database, Action<string> warn)
    {
        if (UnfinishedWork.Exists(database))
        {
            warn(UnfinishedWork.Warning);
        }
    }

    private NightscoutRequest Request(TandemDatabase database) => new()
    {
        Since = Since?.In(
            Since.IsExact
                ? ZoneOffsets.Utc
                : PumpTimeZone.OfTimes(database, PumpSerial ?? [], Settings, CurrentFolder)),
        PumpSerials = PumpSerial ?? [],
        Content = What ?? [],
        Replace = Replace,
    };

    private void Report(IReadOnlyList<NightscoutUpload> uploads)
    {
        var sent = uploads.Sum(upload => upload.Sent);
        var updated = uploads.Sum(upload => upload.Updated);
        var deleted = uploads.Sum(upload => upload.Deleted);
        WriteInformation(
            sent + updated + deleted == 0
                ? $"{_site} has everything already."
                : $"{_site}: {Quantity.Of(sent, "document")} sent, {updated:N0} updated, {deleted:N0} deleted.",
            ["TandemFetch"]);
        if (PassThru)
        {
            WriteObject(uploads, enumerateCollection: true);
        }
    }

    private static string Describe(NightscoutUpload upload) =>
        $"Send {upload.Sent:N0}, update {upload.Updated:N0}, delete {upload.Deleted:N0}; without true time "
        + $"{upload.WithoutTime:N0}, written by another uploader {upload.LeftAlone:N0}";

    private NightscoutCredential FindCredential() =>
        Token is { } token ? NightscoutCredential.OfToken(SecretVault.TextOf(token))
        : Credential is { } given ? NightscoutCredential.OfSecret(SecretVault.TextOf(given.Password))
        : NightscoutEnvironment.Find() ?? FindSecret() ?? throw new TandemException(
            NightscoutErrors.CredentialMissing,
            TandemErrorKind.Authentication,
            $"There is no API secret and no access token for {_site}. Specify one with -Credential or -Token, "
            + $"$env:{NightscoutEnvironment.Token}, $env:{NightscoutEnvironment.Secret} or "
            + "Set-TandemConfiguration -NightscoutCredentialSecret.",
            _site!.Name);

    private NightscoutCredential? FindSecret() =>
        Settings.Get<string>(Setting.NightscoutCredentialSecret) is { } name
            && SecretVault.ReadAny(this, name) is { } secret
            ? NightscoutCredential.Of(SecretVault.TextOf(secret) ?? throw new TandemException(
                "SecretInvalid",
                TandemErrorKind.InvalidData,
                $"The secret '{name}' is not text. Store the API secret or the access token: Set-Secret {name}.",
                name))
            : null;
}

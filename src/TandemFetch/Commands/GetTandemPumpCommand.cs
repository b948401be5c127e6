using System.Management.Automation;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Gets the pumps of the account if there is a session, otherwise those in the database. If there is no database
/// either, connects in the same way as <c>Invoke-TandemBackfill</c>.
/// </summary>
[Cmdlet(VerbsCommon.Get, "TandemPump")]
[OutputType(typeof(Pump))]
public sealed class GetTandemPumpCommand : SourceCommand
{
    /// <summary>Serial numbers of the pumps; all pumps by default.</summary>
    [Parameter(Position = 0)]
    [Alias("SerialNumber")]
    [ArgumentCompleter(typeof(PumpSerialCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? PumpSerial { get; set; }

    /// <summary>
    /// A folder that <c>Publish-TandemLake</c> has written, whose pumps are listed instead of those of the account.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Lake { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Lake is not null)
        {
            ListLake(Lake);
            return;
        }

        if (SourceConnection.Current is not null || !File.Exists(ResolveDatabasePath()))
        {
            ListAccount();
            return;
        }

        IReadOnlyList<Pump> pumps;
        using (var database = OpenDatabase(DatabaseAccess.Read))
        {
            pumps = PumpReader.Read(database, PumpSerial ?? []);
        }

        // The file is closed by now, so that the next command in the pipeline can write it.
        WriteObject(pumps, enumerateCollection: true);
    }

    private void ListLake(string lake)
    {
        IReadOnlyList<Pump> pumps;
        using (var database = LakeDatabase.Open(
            LakeSource.Folder(this, lake, Database), PumpSerial ?? [], WriteWarning))
        {
            pumps = PumpReader.Read(database, PumpSerial ?? []);
        }

        WriteObject(pumps, enumerateCollection: true);
    }

    private void ListAccount()
    {
        var session = SourceConnection.Current;
        var account = session is null ? RequestAccount() : null;
        IReadOnlyList<Pump> pumps = [];
        Await(async (pipeline, cancellationToken) =>
        {
            using var observer = new CmdletObserver(pipeline);
            await using var own = session is null
                ? await ConnectAsync(account!, observer, cancellationToken).ConfigureAwait(false)
                : null;
            session ??= own!;
            using (session.HeardBy(observer))
            {
                var known = await session.GetAccountAsync(cancellationToken).ConfigureAwait(false);
                pumps = known.ToPumps(session.TimeZone, PumpSerial ?? []);
            }
        });
        WriteObject(pumps, enumerateCollection: true);
    }
}

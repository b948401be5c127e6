using TandemFetch.Engine.Nightscout.Documents;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Nightscout;

/// <summary>
/// What distinguishes a site from the file, found by comparing hashes within DuckDB: a document is made only if it is
/// to be sent. Its tables are temporary and belong to the connection.
/// </summary>
internal sealed class UploadPlan
{
    private readonly TandemDatabase _database;
    private readonly string _site;
    private readonly object _scope;

    private UploadPlan(TandemDatabase database, string site, object scope) =>
        (_database, _site, _scope) = (database, site, scope);

    /// <summary>Whether there is anything to send, to delete or to record.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary>Whether the file no longer has what the site has, or no longer knows its time.</summary>
    public bool Loses { get; private init; }

    /// <summary>Compares.</summary>
    public static UploadPlan Make(
        TandemDatabase database, string site, IReadOnlyList<DocumentKind> kinds, NightscoutRequest request)
    {
        database.Execute(NightscoutStatements.Read("pumps"));
        foreach (var kind in kinds)
        {
            database.Execute(kind.Want);
        }

        var scope = new
        {
            site,
            kinds = string.Join('\n', kinds.Select(kind => kind.Name)),
            all_pumps = request.PumpSerials.Count == 0,
            pumps = string.Join('\n', request.PumpSerials),
            since_ms = request.Since?.ToUnixTimeMilliseconds() ?? long.MinValue,
            replace = request.Replace,
        };
        database.Execute(NightscoutStatements.Read("compare"), scope);
        return new UploadPlan(database, site, scope)
        {
            IsEmpty = database.Scalar<bool>("SELECT count(*) = 0 FROM nightscout_plan"),
            Loses = database.Scalar<bool>("SELECT EXISTS (FROM nightscout_plan WHERE removes AND time_ms IS NULL)"),
        };
    }

    /// <summary>Removes the temporary tables.</summary>
    public static void Drop(TandemDatabase database) => database.Execute(NightscoutStatements.Read("drop"));

    /// <summary>The deletions, which come before everything that is sent.</summary>
    public IReadOnlyList<Removal> Removals() =>
        _database.Query<Removal>(NightscoutStatements.Read("removals"), new { site = _site });

    /// <summary>Records that a deletion is done.</summary>
    public void Forget(Removal removal)
    {
        var isStretch = removal.Collection is DocumentKind.Entries or DocumentKind.DeviceStatus;
        object parameters = isStretch
            ? new
            {
                site = _site,
                collection = removal.Collection,
                pump = removal.Pump,
                first_ms = removal.FirstMs,
                last_ms = removal.LastMs,
            }
            : new { site = _site, kind = removal.Kind, pump = removal.Pump, log_position = removal.LogPosition };
        var statement = NightscoutStatements.Read(isStretch ? "forget_stretch" : "forget_document");
        _database.InTransaction(() => _database.Execute(statement, parameters));
    }

    /// <summary>Forgets what was left to another uploader and is no longer in the file.</summary>
    public void ForgetOthers() => _database.InTransaction(
        () => _database.Execute(NightscoutStatements.Read("forget_others"), new { site = _site }));

    /// <summary>Lists the documents of a kind that are to be sent.</summary>
    /// <returns>How many there are.</returns>
    public long Collect(DocumentKind kind)
    {
        var isWanted = _database.Scalar<bool>(
            "SELECT EXISTS (FROM nightscout_plan WHERE kind = $Name AND sends)", new { kind.Name });
        if (!isWanted)
        {
            return 0;
        }

        _database.Execute(kind.Outgoing);
        return _database.Scalar<long>("SELECT count(*) FROM nightscout_outgoing");
    }

    /// <summary>Records what is about to be sent, and what is not because another uploader has written it.</summary>
    public void RecordSending(DocumentKind kind, long first, long last, IEnumerable<long> left) =>
        _database.InTransaction(() => _database.Execute(
            NightscoutStatements.Read("record_sending"),
            new
            {
                site = _site,
                kind = kind.Name,
                collection = kind.Collection,
                first,
                last,
                left = string.Join(',', left),
            }));

    /// <summary>Records that documents of another uploader are about to be deleted for rows.</summary>
    public void RecordReplacing(DocumentKind kind, IEnumerable<long> numbers) =>
        _database.InTransaction(() => _database.Execute(
            NightscoutStatements.Read("record_replacing"),
            new
            {
                site = _site,
                kind = kind.Name,
                collection = kind.Collection,
                numbers = string.Join(',', numbers),
            }));

    /// <summary>Records that the site has confirmed what was sent.</summary>
    public void RecordSent(DocumentKind kind, long first, long last) =>
        _database.InTransaction(() => _database.Execute(
            NightscoutStatements.Read("record_sent"), new { site = _site, kind = kind.Name, first, last }));

    /// <summary>The times of a collection's documents that are ours, milliseconds since 1970 UTC.</summary>
    public HashSet<long> OwnTimes(string collection, long firstMs, long lastMs) =>
    [
        .. _database.Query<long>(
            NightscoutStatements.Read("own_times"),
            new { site = _site, collection, first_ms = firstMs, last_ms = lastMs }),
    ];

    /// <summary>What the plan says for each kind and pump.</summary>
    public IReadOnlyList<PlannedCount> Counts() =>
        _database.Query<PlannedCount>(NightscoutStatements.Read("counts"), _scope);

    /// <summary>What is left to another uploader, for each kind and pump.</summary>
    public IReadOnlyList<PlannedCount> LeftAlone() =>
        _database.Query<PlannedCount>(NightscoutStatements.Read("left_alone"), _scope);
}

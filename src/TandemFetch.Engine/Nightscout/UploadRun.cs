using System.Globalization;
using TandemFetch.Engine.Nightscout.Documents;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Nightscout;

/// <summary>
/// Carries out a plan. All deletions come before the first document that is sent: an entry that moved to the former
/// time of its neighbour would otherwise be merged into the neighbour's document, and deleted with it.
/// </summary>
internal sealed class UploadRun(
    TandemDatabase database,
    UploadPlan plan,
    NightscoutClient client,
    DocumentWriter json,
    UploadTally tally,
    IRunObserver observer,
    string host)
{
    // The site deletes and lists only what is newer than four days, unless a condition says otherwise.
    private static readonly (string Name, string Value) AnyTreatmentTime =
        ("find[created_at][$gte]", "2000-01-01T00:00:00.000Z");

    // Documents this far apart are looked for in separate requests, milliseconds: late ones can be years from the rest.
    private const long WindowGapMs = 86_400_000;

    // More than 1,000 documents of ours can meet; a list of that length may be cut off.
    private const int MostDocuments = 5000;

    private readonly string _activity = $"Upload to {host}";

    /// <summary>Deletes, then sends kind by kind.</summary>
    public async Task RunAsync(IReadOnlyList<DocumentKind> kinds, CancellationToken cancellationToken)
    {
        plan.ForgetOthers();
        var removals = plan.Removals();
        for (var index = 0; index < removals.Count; index++)
        {
            await client.EnsureAcceptedAsync(cancellationToken).ConfigureAwait(false);
            Report("deleting", index, removals.Count);
            await DeleteAsync(removals[index], cancellationToken).ConfigureAwait(false);
            plan.Forget(removals[index]);
        }

        foreach (var kind in kinds)
        {
            var total = plan.Collect(kind);
            for (var first = 1L; first <= total; first += kind.BatchSize)
            {
                await client.EnsureAcceptedAsync(cancellationToken).ConfigureAwait(false);
                Report(kind.Name, first - 1, total);
                await SendAsync(kind, first, first + kind.BatchSize - 1, cancellationToken).ConfigureAwait(false);
            }

            if (total > 0)
            {
                observer.Verbose($"{host}: {Quantity.Of(total, "document")} of {kind.Name}.");
            }
        }

        observer.Progress(new RunProgress(_activity, "done", 1, 1, null));
    }

    private void Report(string what, long done, long total) => observer.Progress(new RunProgress(
        _activity,
        $"{what}, {done:N0} of {total:N0}",
        (int)Math.Min(done, int.MaxValue),
        (int)Math.Min(total, int.MaxValue),
        null));

    private Task DeleteAsync(Removal removal, CancellationToken cancellationToken)
    {
        var kind = DocumentKinds.All.First(known => known.Name == removal.Kind);
        return removal.Collection switch
        {
            DocumentKind.Entries => client.DeleteAsync(
                removal.Collection,
                id: null,
                [
                    ("find[device]", DocumentWriter.DeviceOf(removal.Pump)),
                    ("find[type]", "sgv"),
                    ("find[date][$gte]", Number(removal.FirstMs)),
                    ("find[date][$lte]", Number(removal.LastMs)),
                ],
                cancellationToken),
            DocumentKind.DeviceStatus =>
                DeleteStatusAsync(removal.Pump, removal.FirstMs, removal.LastMs, cancellationToken),
            DocumentKind.Profile => client.DeleteAsync(
                removal.Collection, ((ProfileKind)kind).IdOf(removal.Pump, removal.LogPosition), [], cancellationToken),
            _ => client.DeleteAsync(
                removal.Collection,
                id: null,
                [("find[identifier]", kind.IdentifierOf(removal.Pump, removal.LogPosition)), AnyTreatmentTime],
                cancellationToken),
        };
    }

    private Task DeleteStatusAsync(string pump, long firstMs, long lastMs, CancellationToken cancellationToken) =>
        client.DeleteAsync(
            DocumentKind.DeviceStatus,
            id: null,
            [
                ("find[device]", DocumentWriter.DeviceOf(pump)),
                ("find[created_at][$gte]", NightscoutAddress.Moment(firstMs)),
                ("find[created_at][$lte]", NightscoutAddress.Moment(lastMs)),
            ],
            cancellationToken);

    private async Task SendAsync(DocumentKind kind, long first, long last, CancellationToken cancellationToken)
    {
        var rows = kind.Read(database, first, last);
        var left = await MeetOthersAsync(kind, rows, cancellationToken).ConfigureAwait(false);
        plan.RecordSending(kind, first, last, left);
        var sent = rows.Where(row => !left.Contains(row.Number)).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        json.Clear();
        if (kind.Collection == DocumentKind.Profile)
        {
            kind.Write(sent[0], json);
            await client.SendAsync(HttpMethod.Put, kind.Collection, json.Bytes, beforeRetry: null, cancellationToken)
                .ConfigureAwait(false);
        }
        else
        {
            json.StartList();
            sent.ForEach(row => kind.Write(row, json));
            json.EndList();
            await client.SendAsync(
                HttpMethod.Post,
                kind.Collection,
                json.Bytes,
                kind.Collection == DocumentKind.DeviceStatus ? token => DeleteAsync(sent, token) : null,
                cancellationToken).ConfigureAwait(false);
        }

        plan.RecordSent(kind, first, last);
    }

    /// <summary>
    /// Deletes device statuses that an attempt may have sent: they have no key, so that each attempt adds them.
    /// </summary>
    private async Task DeleteAsync(IEnumerable<DocumentRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            await DeleteStatusAsync(row.Pump, row.TimeMs, row.TimeMs, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Finds what other uploaders have written of the same, and replaces it or not.
    /// </summary>
    /// <returns>The numbers of the rows that are left to the others.</returns>
    private async Task<HashSet<long>> MeetOthersAsync(
        DocumentKind kind, IReadOnlyList<DocumentRow> rows, CancellationToken cancellationToken)
    {
        var left = new HashSet<long>();
        if (kind.Collection is not (DocumentKind.Entries or DocumentKind.Treatments))
        {
            return left;
        }

        foreach (var window in Windows(rows.Where(row => row.Looks)))
        {
            var (first, last) = (window.Min(EarliestMs), window.Max(LatestMs));
            var found = new List<ForeignDocument>();
            await ListAsync(kind, first, last, found, cancellationToken).ConfigureAwait(false);
            if (found.Count == 0)
            {
                continue;
            }

            var own = kind.Collection == DocumentKind.Entries ? plan.OwnTimes(kind.Collection, first, last) : [];
            var others = new ForeignDocuments(kind, found.Where(document => !own.Contains(document.TimeMs)));
            var met = window.Where(others.Has).ToLookup(row => row.Replaces);
            foreach (var row in met[false])
            {
                left.Add(row.Number);
                tally.LeaveAlone(kind, row);
            }

            if (met[true].Any())
            {
                plan.RecordReplacing(kind, met[true].Select(row => row.Number));
            }

            var deleted = new HashSet<string>();
            foreach (var row in met[true])
            {
                foreach (var document in others.ReplacedBy(row).Where(document => deleted.Add(document.Id)))
                {
                    await client.DeleteAsync(kind.Collection, document.Id, [], cancellationToken).ConfigureAwait(false);
                    tally.Replace(kind, row);
                }
            }
        }

        return left;
    }

    /// <summary>Lists the documents of others in a range of time, in halves if the list is cut off.</summary>
    private async Task ListAsync(
        DocumentKind kind, long firstMs, long lastMs, List<ForeignDocument> found, CancellationToken cancellationToken)
    {
        (string, string)[] query = kind.Collection == DocumentKind.Entries
            ?
            [
                ("find[type]", "sgv"),
                ("find[date][$gte]", Number(firstMs)),
                ("find[date][$lte]", Number(lastMs)),
                ("count", Number(MostDocuments)),
            ]
            :
            [
                ("find[created_at][$gte]", NightscoutAddress.Moment(firstMs)),
                ("find[created_at][$lte]", NightscoutAddress.Moment(lastMs)),
                ("count", Number(MostDocuments)),
            ];
        using (var list = await client.GetAsync(kind.Collection, query, cancellationToken).ConfigureAwait(false))
        {
            var documents = list.RootElement.EnumerateArray().Select(ForeignDocument.Read).OfType<ForeignDocument>();
            if (list.RootElement.GetArrayLength() < MostDocuments || firstMs == lastMs)
            {
                found.AddRange(documents);
                return;
            }

            // A site that ignores the conditions would be asked again and again.
            if (documents.Any(document => document.TimeMs < firstMs || document.TimeMs > lastMs))
            {
                throw client.Malformed(kind.Collection);
            }
        }

        var middle = firstMs + ((lastMs - firstMs) / 2);
        await ListAsync(kind, firstMs, middle, found, cancellationToken).ConfigureAwait(false);
        await ListAsync(kind, middle + 1, lastMs, found, cancellationToken).ConfigureAwait(false);
    }

    private static List<List<DocumentRow>> Windows(IEnumerable<DocumentRow> rows)
    {
        var windows = new List<List<DocumentRow>>();
        foreach (var row in rows)
        {
            if (windows.Count == 0 || row.TimeMs - windows[^1][^1].TimeMs > WindowGapMs)
            {
                windows.Add([]);
            }

            windows[^1].Add(row);
        }

        return windows;
    }

    private static long EarliestMs(DocumentRow row) =>
        Math.Min(row.TimeMs, row.FirstMs ?? row.TimeMs) - ForeignDocuments.NearbyMs;

    private static long LatestMs(DocumentRow row) =>
        Math.Max(row.TimeMs, row.LastMs ?? row.TimeMs) + ForeignDocuments.NearbyMs;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

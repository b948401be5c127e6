using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Nightscout.Documents;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout;

/// <summary>
/// Brings a Nightscout site to what the file says: sends what is new or changed, deletes what is gone, and leaves the
/// rest. For every document of ours on the site, the file has a row with its key and time: rows are committed before
/// their documents are sent, and deleted after the site has deleted their documents. So a run that is killed anywhere
/// and repeated leads to the same contents.
/// </summary>
/// <param name="database">A file; open for writing, or for reading if only <see cref="Preview"/> is called.</param>
/// <param name="site">The site.</param>
/// <param name="observer">Receives progress and messages.</param>
public sealed class NightscoutUploader(TandemDatabase database, NightscoutAddress site, IRunObserver observer)
{
    private string Site => site.Name;

    /// <summary>What a run would do, without a request to the site: what another uploader has written counts as new.
    /// </summary>
    /// <param name="request">What the run is about.</param>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, or one of <see cref="DatabaseErrors"/>.</exception>
    public IReadOnlyList<NightscoutUpload> Preview(NightscoutRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        PumpReader.Check(database, request.PumpSerials);
        try
        {
            var plan = UploadPlan.Make(database, Site, DocumentKinds.Of(request.Content), request);
            return Summary(plan, new UploadTally());
        }
        finally
        {
            UploadPlan.Drop(database);
        }
    }

    /// <summary>Runs.</summary>
    /// <param name="request">What the run is about.</param>
    /// <param name="credential">What authorizes requests.</param>
    /// <param name="options">How long requests may take; null for the module's own.</param>
    /// <param name="cancellationToken">Stops; the next run continues.</param>
    /// <returns>
    /// What was done for each pump and each kind of content for which there was something to do or to report; nothing
    /// if the file has not changed since the last run.
    /// </returns>
    /// <exception cref="TandemException">
    /// <c>PumpUnknown</c>, or one of <see cref="NightscoutErrors"/> or <see cref="DatabaseErrors"/>. What was sent is
    /// recorded, and the next run continues.
    /// </exception>
    public async Task<IReadOnlyList<NightscoutUpload>> RunAsync(
        NightscoutRequest request,
        NightscoutCredential credential,
        ExchangeOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(credential);
        PumpReader.Check(database, request.PumpSerials);
        var marks = new UploadMark(database, Site);
        var mark = marks.Read();
        if (marks.IsReached(request, mark))
        {
            observer.Verbose($"{Site}: nothing has changed since the last upload.");
            return [];
        }

        try
        {
            var kinds = DocumentKinds.Of(request.Content);
            UploadPlan plan;
            using (database.InterruptOn(cancellationToken))
            {
                plan = UploadPlan.Make(database, Site, kinds, request);
            }

            if (plan.Loses && UnfinishedWork.Exists(database))
            {
                throw new TandemException(
                    NightscoutErrors.FileUnfinished,
                    TandemErrorKind.InvalidData,
                    $"{Site} has documents whose rows '{database.Path}' lacks, because a run of the pipeline was "
                    + "stopped before it had derived everything. Nothing was sent or deleted. Run Invoke-TandemBackfill -Stage "
                    + "Parse, Derive, and publish again.",
                    database.Path);
            }

            var tally = new UploadTally();
            if (!plan.IsEmpty)
            {
                using var client = new NightscoutClient(
                    site, credential, options ?? NightscoutClient.DefaultOptions, observer);
                var zones = ZoneTable.Read(database, database.Query<string>("SELECT DISTINCT time_zone FROM pumps"));
                using var json = new DocumentWriter(zones);
                var work = new UploadRun(database, plan, client, json, tally, observer, site.Host);
                marks.Leave(request);
                await work.RunAsync(kinds, cancellationToken).ConfigureAwait(false);
            }

            // What is still to be derived can change rows in a run that counts none.
            if (!UnfinishedWork.Exists(database))
            {
                marks.Reach(request, mark);
            }

            return Summary(plan, tally);
        }
        finally
        {
            UploadPlan.Drop(database);
        }
    }

    private List<NightscoutUpload> Summary(UploadPlan plan, UploadTally tally)
    {
        var contents = DocumentKinds.All.ToDictionary(kind => kind.Name, kind => kind.Content);
        return
        [
            .. plan.Counts().Concat(plan.LeftAlone()).Concat(tally.Corrections)
                .GroupBy(count => (contents[count.Kind], count.Pump))
                .Select(group => new NightscoutUpload
                {
                    Site = Site,
                    PumpSerial = group.Key.Pump,
                    What = group.Key.Item1,
                    Sent = group.Sum(count => count.New),
                    Updated = group.Sum(count => count.Changed),
                    Deleted = group.Sum(count => count.Removed),
                    Replaced = group.Sum(count => count.Replaced),
                    LeftAlone = group.Sum(count => count.LeftAlone),
                    WithoutTime = group.Sum(count => count.WithoutTime),
                    Repeated = group.Sum(count => count.Repeated),
                })
                .OrderBy(upload => upload.PumpSerial, StringComparer.Ordinal)
                .ThenBy(upload => upload.What),
        ];
    }
}

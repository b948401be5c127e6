using TandemFetch.Engine.Nightscout.Documents;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout;

/// <summary>
/// Which state of the file a site shows. Domain tables change in runs of the pipeline alone, which are all recorded
/// with what they changed, so that a run that finds the same state has nothing to compare, whatever the size of the
/// file.
/// </summary>
internal sealed class UploadMark(TandemDatabase database, string site)
{
    private const string AllPumps = "";

    private static readonly string Current = NightscoutStatements.Read("current_mark");

    private static readonly string Covers = NightscoutStatements.Read("mark_covers");

    private static readonly string LeaveAny = NightscoutStatements.Read("leave_mark");

    private static readonly string Save = NightscoutStatements.Read("save_mark");

    /// <summary>The state of the file.</summary>
    public string Read() => database.Scalar<string>(Current, new { versions = DocumentKinds.Versions });

    /// <summary>Whether a run has already brought the site to a state of the file.</summary>
    public bool IsReached(NightscoutRequest request, string mark) => Scopes(request).All(scope => database.Scalar<bool>(
        Covers,
        new
        {
            site,
            scope.Content,
            scope.Pump,
            since = request.Since?.UtcDateTime,
            mark,
            replace = request.Replace,
        }));

    /// <summary>Records that the site is about to change, so that a run that ends early is continued.</summary>
    public void Leave(NightscoutRequest request) => database.InTransaction(() => database.Execute(
        LeaveAny,
        new { site, content = string.Join('\n', Scopes(request).Select(scope => scope.Content).Distinct()) }));

    /// <summary>Records that the site shows a state of the file.</summary>
    public void Reach(NightscoutRequest request, string mark) => database.InTransaction(() =>
    {
        foreach (var scope in Scopes(request))
        {
            database.Execute(
                Save, new { site, scope.Content, scope.Pump, since = request.Since?.UtcDateTime, mark });
        }
    });

    private static IEnumerable<(string Content, string Pump)> Scopes(NightscoutRequest request) =>
        from content in request.Content.Count == 0 ? Enum.GetValues<NightscoutContent>() : request.Content
        from pump in request.PumpSerials.Count == 0 ? [AllPumps] : request.PumpSerials
        select (content.ToString(), pump);
}

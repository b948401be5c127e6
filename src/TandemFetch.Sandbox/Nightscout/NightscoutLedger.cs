namespace TandemFetch.Sandbox.Nightscout;

/// <summary>
/// All requests since the start or the last clearing, in the order in which they came. Safe to use from several
/// threads.
/// </summary>
public sealed class NightscoutLedger
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private List<NightscoutRequest> _requests = [];

    internal NightscoutLedger(TimeProvider time) => _time = time;

    /// <summary>A copy of the requests.</summary>
    public IReadOnlyList<NightscoutRequest> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Number of requests with a method, under a path, with a status; null for any.</summary>
    public int Count(string? method = null, string pathPrefix = "/", int? status = null)
    {
        lock (_gate)
        {
            return _requests.Count(r => (method ?? r.Method) == r.Method
                && r.Path.StartsWith(pathPrefix, StringComparison.Ordinal)
                && (status ?? r.Status) == r.Status);
        }
    }

    /// <summary>Clears the requests.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests = [];
        }
    }

    /// <summary>
    /// A request is in the ledger before its response is on the way, so that a client that has the response finds it.
    /// </summary>
    internal Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var record = new NightscoutRequest(
            _time.GetUtcNow(),
            request.Method,
            request.Path.Value ?? "/",
            request.QueryString.Value ?? string.Empty)
        {
            Headers = request.Headers.ToDictionary(
                h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            BodyBytes = request.ContentLength ?? 0,
        };
        var line = Add(record);
        context.Items[typeof(NightscoutLedger)] = line;
        context.Response.OnStarting(() =>
        {
            line(r => r with { Status = context.Response.StatusCode });
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>Completes the record of a request.</summary>
    internal static void Note(HttpContext context, Func<NightscoutRequest, NightscoutRequest> change) =>
        ((Action<Func<NightscoutRequest, NightscoutRequest>>)context.Items[typeof(NightscoutLedger)]!)(change);

    private Action<Func<NightscoutRequest, NightscoutRequest>> Add(NightscoutRequest record)
    {
        lock (_gate)
        {
            var list = _requests;
            var index = list.Count;
            list.Add(record);
            return change =>
            {
                lock (_gate)
                {
                    list[index] = change(list[index]);
                }
            };
        }
    }
}

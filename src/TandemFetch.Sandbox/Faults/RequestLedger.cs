namespace TandemFetch.Sandbox.Faults;

/// <summary>
/// All requests since the start or the last clearing, except those to the sandbox's own paths. Safe to use from several
/// threads.
/// </summary>
public sealed class RequestLedger
{
    private readonly Lock _gate = new();
    private readonly List<RequestRecord> _records = [];

    /// <summary>A copy of the records.</summary>
    public IReadOnlyList<RequestRecord> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Passwords that were tried.</summary>
    public int SignIns => Count("/accounts/api/login");

    /// <summary>Requested windows of the log.</summary>
    public int PumpLogs => Count("/api/reports/bff/pump-logs/");

    /// <summary>How many requests there were under a path, with a certain status or any.</summary>
    public int Count(string pathPrefix, int? status = null)
    {
        lock (_gate)
        {
            return _records.Count(r => r.Path.StartsWith(pathPrefix, StringComparison.Ordinal) && (status ?? r.Status) == r.Status);
        }
    }

    /// <summary>Clears the records.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _records.Clear();
        }
    }

    internal async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/sandbox/", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var at = DateTimeOffset.UtcNow;
        var finished = false;
        try
        {
            await next(context);
            finished = true;
        }
        finally
        {
            var status = finished && !context.RequestAborted.IsCancellationRequested ? context.Response.StatusCode : 0;
            var query = path.StartsWith("/api/", StringComparison.Ordinal) ? context.Request.QueryString.Value ?? string.Empty : string.Empty;
            lock (_gate)
            {
                _records.Add(new RequestRecord(at, context.Request.Method, path, query, status));
            }
        }
    }
}

namespace TandemFetch.Sandbox.Faults;

/// <summary>Lets requests fail according to the rules. The sandbox's own paths never fail.</summary>
internal sealed class FaultInjection(FaultBoard board, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "/";
        var rules = path.StartsWith("/sandbox/", StringComparison.Ordinal)
            ? []
            : board.Draw(context.Request.Method, path, context.Request.QueryString.Value ?? string.Empty);
        if (rules.Count == 0)
        {
            await next(context);
            return;
        }

        FiredFaults.From(rules).Attach(context);
        foreach (var delay in rules.Where(r => r.Kind == FaultKind.Delay))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay.Delay), time, context.RequestAborted);
        }

        if (rules.Any(r => r.Kind == FaultKind.Hang))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        if (rules.FirstOrDefault(r => r.Kind is FaultKind.Status or FaultKind.Html) is { } instead)
        {
            await AnswerInsteadAsync(context, instead);
            return;
        }

        if (rules.FirstOrDefault(r => r.Kind is FaultKind.Unanswered or FaultKind.CutOff or FaultKind.Malformed
            or FaultKind.WrongContentType) is { } spoilt)
        {
            await SpoilAsync(context, next, spoilt.Kind);
            return;
        }

        await next(context);
    }

    private static async Task AnswerInsteadAsync(HttpContext context, FaultRule rule)
    {
        if (rule.Kind == FaultKind.Html)
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync("<!DOCTYPE html><html><body><h1>Scheduled maintenance</h1></body></html>");
            return;
        }

        context.Response.StatusCode = rule.Status;
        if (rule.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (rule.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        await context.Response.WriteAsJsonAsync(new { message = "Injected by a fault rule." });
    }

    /// <summary>The correct response is created first, then corrupted on its way out.</summary>
    private static async Task SpoilAsync(HttpContext context, RequestDelegate next, FaultKind kind)
    {
        var outside = context.Response.Body;
        using var made = new MemoryStream();
        context.Response.Body = made;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = outside;
        }

        var body = made.GetBuffer().AsMemory(0, (int)made.Length);
        var half = body[..(body.Length / 2)];
        switch (kind)
        {
            case FaultKind.Unanswered:
                context.Abort();
                return;
            case FaultKind.CutOff:
                context.Response.ContentLength = body.Length;
                await outside.WriteAsync(half, context.RequestAborted);
                await outside.FlushAsync(context.RequestAborted);
                context.Abort();
                return;
            case FaultKind.Malformed:
                context.Response.ContentLength = null;
                await outside.WriteAsync(half, context.RequestAborted);
                await outside.WriteAsync("<<}]"u8.ToArray(), context.RequestAborted);
                return;
            default:
                context.Response.ContentType = "application/octet-stream";
                await outside.WriteAsync(body, context.RequestAborted);
                return;
        }
    }
}

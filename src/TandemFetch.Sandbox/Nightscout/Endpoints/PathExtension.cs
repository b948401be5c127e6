namespace TandemFetch.Sandbox.Nightscout.Endpoints;

/// <summary>An extension of a path, as in <c>entries.json</c>, takes the place of the Accept header.</summary>
internal static class PathExtension
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = "application/json",
        [".csv"] = "text/csv",
        [".tsv"] = "text/tab-separated-values",
        [".txt"] = "text/plain",
        [".html"] = "text/html",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
    };

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value!;
        var extension = Path.GetExtension(path);
        if (extension.Length > 0 && Types.TryGetValue(extension, out var type))
        {
            context.Request.Headers.Accept = type;
            context.Request.Path = path[..^extension.Length];
        }

        return next(context);
    }
}

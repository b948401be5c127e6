using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Endpoints;

/// <summary>Writes responses.</summary>
internal static class Responses
{
    private static readonly JsonSerializerOptions Format =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task SendAsync(HttpContext context, JsonNode? body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Format);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    public static async Task SendTextAsync(HttpContext context, string body, string type)
    {
        context.Response.ContentType = $"{type}; charset=utf-8";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The usual form of a status, in which the message may be an object.</summary>
    public static Task SendStatusAsync(HttpContext context, int status, JsonNode message, string? description = null)
    {
        var body = new JsonObject { ["status"] = status, ["message"] = message };
        if (description is not null)
        {
            body["description"] = description;
        }

        return SendAsync(context, body, status);
    }

    /// <summary>
    /// Whether JSON is wanted: by the extension of the path, or by the Accept header. Without either, the first form on
    /// offer is sent, which is not JSON.
    /// </summary>
    public static bool WantsJson(HttpContext context) => Wants(context, "json");

    public static bool Wants(HttpContext context, string form) =>
        context.Request.Headers.Accept.ToString().Contains(form, StringComparison.OrdinalIgnoreCase);
}

using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Endpoints;

/// <summary>
/// Reads the JSON of a request. A body of another type is passed over without an error, and an empty document takes
/// its place.
/// </summary>
internal static class BodyReader
{
    private const int BufferSize = 81920;

    public static async Task<JsonNode> ReadAsync(HttpContext context, int limit)
    {
        var request = context.Request;
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!"application/json".Equals(type, StringComparison.OrdinalIgnoreCase))
        {
            return new JsonObject();
        }

        var bytes = await ReadBytesAsync(context, limit);
        if (bytes.Length == 0)
        {
            return new JsonObject();
        }

        var body = Parse(bytes);
        NightscoutLedger.Note(context, r => r with { Documents = body is JsonArray list ? list.Count : 1 });
        return body;
    }

    private static JsonNode Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var node = JsonNode.Parse(bytes.Span);
            return node is JsonObject or JsonArray
                ? node
                : throw new RefusedException(StatusCodes.Status400BadRequest, "Unexpected token in JSON at position 0");
        }
        catch (JsonException e)
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, e.Message);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpContext context, int limit)
    {
        using var sent = await CopyAsync(context.Request.Body, limit, context.RequestAborted);
        NightscoutLedger.Note(context, r => r with { BodyBytes = sent.Length });
        sent.Position = 0;
        await using Stream plain = context.Request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
        {
            "" or "identity" => sent,
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            "deflate" => new ZLibStream(sent, CompressionMode.Decompress),
            var other => throw new RefusedException(
                StatusCodes.Status415UnsupportedMediaType, $"unsupported content encoding \"{other}\""),
        };
        try
        {
            using var whole = await CopyAsync(plain, limit, context.RequestAborted);
            return whole.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, e.Message);
        }
    }

    private static async Task<MemoryStream> CopyAsync(Stream from, int limit, CancellationToken cancellationToken)
    {
        var copy = new MemoryStream();
        var buffer = new byte[BufferSize];
        while (await from.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > limit)
            {
                throw new RefusedException(StatusCodes.Status413PayloadTooLarge, "request entity too large");
            }
        }

        return copy;
    }
}

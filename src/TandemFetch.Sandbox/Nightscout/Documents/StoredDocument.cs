using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>
/// A document and what it is found by. It is kept as bytes, which take a fifth of the memory of its objects.
/// </summary>
/// <param name="Sequence">The order in which documents were inserted; a replacement keeps its place.</param>
/// <param name="Id">The <c>_id</c>.</param>
/// <param name="Time">By what the collection is sorted, milliseconds; negative infinity if there is no time.</param>
/// <param name="Key">The natural key, if the collection has one.</param>
/// <param name="Identifier">The identifier, if the document has one.</param>
/// <param name="Json">The document.</param>
internal sealed record StoredDocument(
    long Sequence, string Id, double Time, NaturalKey? Key, string? Identifier, byte[] Json)
{
    private static readonly JsonSerializerOptions Format =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] ToBytes(JsonObject document) => JsonSerializer.SerializeToUtf8Bytes(document, Format);

    public JsonObject ToObject() => JsonNode.Parse(Json)!.AsObject();
}

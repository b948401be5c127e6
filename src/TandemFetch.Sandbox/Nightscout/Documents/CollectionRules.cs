using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>How a collection takes, recognizes and finds its documents.</summary>
internal abstract partial class CollectionRules
{
    /// <summary>The name in permissions and paths.</summary>
    public abstract string Name { get; }

    /// <summary>The field that a query must limit; otherwise the last four days are meant.</summary>
    public abstract string DateField { get; }

    /// <summary>Whether <see cref="DateField"/> holds milliseconds, rather than a text.</summary>
    public virtual bool DateIsNumber => false;

    /// <summary>Fields whose values in a query are whole numbers; all others are compared as texts.</summary>
    public virtual IReadOnlySet<string> WholeNumberFields { get; } = new HashSet<string>();

    /// <summary>Fields whose values in a query may be regular expressions between slashes.</summary>
    public virtual IReadOnlySet<string> PatternFields { get; } = new HashSet<string>();

    /// <summary>How many documents a GET answers if it does not say.</summary>
    public virtual int DefaultCount(bool hasConditions) => 10;

    /// <summary>Largest body of a request, in bytes.</summary>
    public virtual int LargestBody => 1024 * 1024;

    /// <summary>The documents of a body, before they are stored.</summary>
    public virtual IEnumerable<JsonObject> Incoming(JsonNode body) =>
        body is JsonArray list ? list.OfType<JsonObject>() : [body.AsObject()];

    /// <summary>Stores a document and returns what is answered for it, as a rule one document.</summary>
    public abstract IEnumerable<JsonObject> Post(JsonObject document, DocumentStore store);

    /// <summary>Stores a document under its own id and returns what is answered.</summary>
    public virtual JsonObject Put(JsonObject document, DocumentStore store) =>
        throw new NotSupportedException("This collection has no PUT.");

    /// <summary>Whether a PUT exists.</summary>
    public virtual bool HasPut => false;

    /// <summary>Whether a document with an <c>_id</c> of another form is refused.</summary>
    public virtual bool RefusesOtherIds => false;

    /// <summary>Milliseconds by which the collection is sorted.</summary>
    public virtual double TimeOf(JsonObject document) =>
        Moment.Read(document[DateField])?.Milliseconds ?? double.NegativeInfinity;

    /// <summary>What makes two documents the same; null if nothing does.</summary>
    public virtual NaturalKey? KeyOf(JsonObject document) => null;

    /// <summary>Whether an id has the form of MongoDB's: 24 hexadecimal digits.</summary>
    public static bool IsObjectId(string? id) => id is not null && ObjectId().IsMatch(id);

    /// <summary>Whether an id is a UUID.</summary>
    public static bool IsUuid(string? id) => id?.Length == 36 && Guid.TryParse(id, out _);

    /// <summary>An <c>_id</c> of another form moves to the identifier, unless there is one.</summary>
    protected static void MoveForeignId(JsonObject document)
    {
        if (ScriptValue.TextOf(document["_id"]) is not { } id || IsObjectId(id))
        {
            return;
        }

        document.Remove("_id");
        if (id.Length > 0 && !ScriptValue.IsTruthy(document["identifier"]))
        {
            document["identifier"] = id;
        }
    }

    [GeneratedRegex("^[0-9a-f]{24}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ObjectId();
}

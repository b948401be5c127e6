namespace TandemFetch.Engine.Source;

/// <summary>
/// Where a request goes, and how that is written in messages: without the account's id, a code or a verifier.
/// </summary>
internal readonly record struct SourceAddress(Uri Uri, string Shown)
{
    /// <summary>Shown without its query.</summary>
    public static SourceAddress WithoutQuery(Uri uri) => new(uri, uri.GetLeftPart(UriPartial.Path));
}

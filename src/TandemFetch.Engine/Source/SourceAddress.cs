namespace TandemFetch.Engine.Source;

/// <summary>
/// The address of a request, and how messages show it: without the account's id, a code or a verifier.
/// </summary>
internal readonly record struct SourceAddress(Uri Uri, string Shown)
{
    /// <summary>Shown without its query.</summary>
    public static SourceAddress WithoutQuery(Uri uri) => new(uri, uri.GetLeftPart(UriPartial.Path));
}

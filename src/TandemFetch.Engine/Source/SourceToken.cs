namespace TandemFetch.Engine.Source;

/// <summary>An access token and its account. Deliberately not a record, which would print its secret.</summary>
internal sealed class SourceToken(string accessToken, string pumperId, DateTimeOffset obtained, DateTimeOffset expires)
{
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(60);

    public string AccessToken { get; } = accessToken;

    public string PumperId { get; } = pumperId;

    public DateTimeOffset Obtained { get; } = obtained;

    public DateTimeOffset Expires { get; } = expires;

    /// <summary>
    /// Whether it can still be used: until 60 s before it expires. A token that lives only for minutes loses a tenth of
    /// its life instead; otherwise it would never count as valid and every request would sign in again.
    /// </summary>
    public bool IsValidAt(DateTimeOffset now)
    {
        var tenth = (Expires - Obtained) / 10;
        return now < Expires - (tenth < Safety ? tenth : Safety);
    }
}

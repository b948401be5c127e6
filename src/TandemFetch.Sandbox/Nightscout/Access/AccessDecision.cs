namespace TandemFetch.Sandbox.Nightscout.Access;

/// <summary>What a request may do.</summary>
/// <param name="Granted">Permissions by role; none if the credentials are wrong.</param>
/// <param name="Subject">The subject of a token.</param>
/// <param name="IsFailure">Whether credentials were sent and are wrong.</param>
/// <param name="IsDefault">Whether no credentials were sent.</param>
internal sealed record AccessDecision(
    IReadOnlyList<Permissions> Granted,
    NightscoutSubject? Subject = null,
    bool IsFailure = false,
    bool IsDefault = false)
{
    public bool Allows(string permission) => Granted.Any(g => g.Allow(permission));
}

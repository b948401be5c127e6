namespace TandemFetch.Sandbox.Identity;

/// <summary>What a code was issued for.</summary>
internal sealed record AuthorizationGrant(
    string ClientId, string RedirectUri, string CodeChallenge, string? State, string? Nonce, string Scope, DateTimeOffset ExpiresAt);

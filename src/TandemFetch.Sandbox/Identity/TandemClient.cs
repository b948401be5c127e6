namespace TandemFetch.Sandbox.Identity;

/// <summary>The web application of a region, as the identity provider knows it.</summary>
/// <param name="Region">The region whose accounts it signs in.</param>
/// <param name="Id">The OIDC client id.</param>
/// <param name="RedirectPath">Where it is redirected to, under the sandbox's base.</param>
/// <param name="RealRedirectUri">The redirect URI of the real application, which a client may continue to send.</param>
internal sealed record TandemClient(AccountRegion Region, string Id, string RedirectPath, string RealRedirectUri)
{
    public static IReadOnlyList<TandemClient> All { get; } =
    [
        new(AccountRegion.US, "0oa4wnbvtladeyVZX4h7", "/auth/callback", "https://sso.tandemdiabetes.com/auth/callback"),
        new(
            AccountRegion.EU,
            "1519e414-eeec-492e-8c5e-97bea4815a10",
            "/authorize/callback",
            "https://source.eu.tandemdiabetes.com/authorize/callback"),
    ];

    public bool Accepts(string redirectUri, string baseAddress) =>
        redirectUri == baseAddress + RedirectPath || redirectUri == RealRedirectUri;
}

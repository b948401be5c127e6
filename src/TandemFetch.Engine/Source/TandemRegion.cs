namespace TandemFetch.Engine.Source;

/// <summary>
/// One installation of Tandem Source, with everything that distinguishes it from the others. An account exists in
/// exactly one region, and the others reject its password. To add a region, add a member to <see cref="All"/>.
/// </summary>
/// <param name="Name">Its name for <c>-Region</c>.</param>
/// <param name="Countries">The countries that it serves.</param>
/// <param name="ClientId">The OIDC client id of its web application, and the audience of its id tokens.</param>
/// <param name="Accounts">
/// Base of the requests about the account, without a trailing slash; also the issuer of id tokens.
/// </param>
/// <param name="RedirectUri">Where the authorization code is delivered.</param>
/// <param name="SourceBase">Base of the data requests, with a trailing slash.</param>
public sealed record TandemRegion(
    string Name, string Countries, string ClientId, string Accounts, Uri RedirectUri, Uri SourceBase)
{
    /// <summary>All regions.</summary>
    public static IReadOnlyList<TandemRegion> All { get; } =
    [
        new(
            "US",
            "the United States, Canada and Mexico",
            "0oa4wnbvtladeyVZX4h7",
            "https://tdcservices.tandemdiabetes.com/accounts/api",
            new Uri("https://sso.tandemdiabetes.com/auth/callback"),
            new Uri("https://source.tandemdiabetes.com/")),
        new(
            "EU",
            "all other countries",
            "1519e414-eeec-492e-8c5e-97bea4815a10",
            "https://tdcservices.eu.tandemdiabetes.com/accounts/api",
            new Uri("https://source.eu.tandemdiabetes.com/authorize/callback"),
            new Uri("https://source.eu.tandemdiabetes.com/")),
    ];

    /// <summary>The start of the sign-in, in every region.</summary>
    public static Uri LoginPage { get; } = new("https://sso.tandemdiabetes.com/");

    /// <summary>All regions with their countries, for a message.</summary>
    internal static string Choices { get; } =
        string.Join(" or ", All.Select(region => $"{region.Name} ({region.Countries})"));

    /// <summary>Finds a region by name, in upper or lower case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="place">Where it was specified, for the message.</param>
    /// <exception cref="TandemException"><see cref="SourceErrors.RegionUnknown"/>.</exception>
    public static TandemRegion Parse(string name, string place)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(region => region.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new TandemException(
                SourceErrors.RegionUnknown,
                TandemErrorKind.InvalidArgument,
                $"The region from {place} is unknown. Use {Choices}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

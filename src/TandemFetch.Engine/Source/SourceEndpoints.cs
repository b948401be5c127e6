using System.Globalization;

namespace TandemFetch.Engine.Source;

/// <summary>
/// The addresses of Tandem Source to which requests are sent, built from the data in <see cref="TandemRegion"/>.
/// </summary>
public sealed class SourceEndpoints
{
    private readonly HashSet<string> _ownOrigins;

    private SourceEndpoints(TandemRegion region, Uri loginPage)
    {
        Region = region;
        LoginPage = loginPage;
        Login = new Uri($"{Issuer}/login");
        Authorize = new Uri($"{Issuer}/connect/authorize");
        Token = new Uri($"{Issuer}/connect/token");
        Keys = new Uri($"{Issuer}/.well-known/openid-configuration/jwks");
        _ownOrigins = new[] { LoginPage, Login, SourceBase }.Select(OriginOf).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The region that these addresses serve, on its own hosts or on those of a sandbox.</summary>
    public TandemRegion Region { get; }

    /// <summary>The OIDC client id of the web application, and the audience of its id tokens.</summary>
    public string ClientId => Region.ClientId;

    /// <summary>The start of the sign-in.</summary>
    public Uri LoginPage { get; }

    /// <summary>Receives the e-mail address and the password.</summary>
    public Uri Login { get; }

    /// <summary>Returns the authorization code.</summary>
    public Uri Authorize { get; }

    /// <summary>Exchanges the code for tokens.</summary>
    public Uri Token { get; }

    /// <summary>The public keys that sign id tokens (JWKS).</summary>
    public Uri Keys { get; }

    /// <summary>The required issuer of id tokens: the accounts base.</summary>
    public string Issuer => Region.Accounts;

    /// <summary>Where the code is delivered.</summary>
    public Uri RedirectUri => Region.RedirectUri;

    /// <summary>Base of the data requests, with a trailing slash; also their <c>Referer</c>.</summary>
    public Uri SourceBase => Region.SourceBase;

    /// <summary>The required <c>Origin</c> of data requests; the firewall rejects anything else.</summary>
    public string Origin => OriginOf(SourceBase);

    /// <summary>The real addresses of a region.</summary>
    public static SourceEndpoints ForRegion(TandemRegion region) => new(region, TandemRegion.LoginPage);

    /// <summary>All paths of a region's hosts under one base, as a sandbox serves them.</summary>
    /// <param name="endpoint">The base; https, or http on a loopback address.</param>
    /// <param name="region">The region whose client id and redirect path are used.</param>
    /// <exception cref="TandemException"><see cref="SourceErrors.EndpointInvalid"/>: not usable as a base.</exception>
    public static SourceEndpoints ForEndpoint(Uri endpoint, TandemRegion region)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(region);
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            throw Invalid("The endpoint must be a complete https address, such as https://source.example.com/.");
        }

        // The address is shown in errors and sent in headers, so it must not contain a secret.
        if (endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
        {
            throw Invalid("The endpoint must be an address without user name, query or fragment.");
        }

        if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            throw Invalid(
                $"The endpoint {endpoint.Host} uses plain http, which would send the password unencrypted. "
                + "Use https; http is accepted only for this machine itself (127.0.0.1, ::1, localhost).");
        }

        var root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var standIn = region with
        {
            Accounts = $"{root}/accounts/api",
            RedirectUri = new Uri(root + region.RedirectUri.AbsolutePath),
            SourceBase = new Uri($"{root}/"),
        };
        return new SourceEndpoints(standIn, standIn.SourceBase);

        static TandemException Invalid(string message) =>
            new(SourceErrors.EndpointInvalid, TandemErrorKind.InvalidArgument, message);
    }

    /// <summary>The region's own addresses, or those under <paramref name="endpoint"/> if one is given.</summary>
    public static SourceEndpoints For(TandemRegion region, Uri? endpoint) =>
        endpoint is null ? ForRegion(region) : ForEndpoint(endpoint, region);

    /// <summary>The account and its pumps.</summary>
    internal SourceAddress Pumper(string pumperId) => new(
        new Uri(SourceBase, $"api/reports/bff/pumper/{Segment(pumperId)}"),
        $"{SourceBase}api/reports/bff/pumper/…");

    /// <summary>
    /// Whole days of a pump's log: entries with the given codes, or of all codes if there are none. An empty list in
    /// the query would not mean the same. The pumper id is a query key here and is not shown.
    /// </summary>
    internal SourceAddress PumpLogs(
        string assignmentId,
        string pumperId,
        DateOnly firstDay,
        DateOnly lastDay,
        IReadOnlyList<int> eventCodes)
    {
        var path = $"api/reports/bff/pump-logs/{Segment(assignmentId)}";
        var days = string.Create(
            CultureInfo.InvariantCulture,
            $"startDate={firstDay:yyyy-MM-dd}T00:00:00Z&endDate={lastDay:yyyy-MM-dd}T23:59:59Z");
        var codes = eventCodes.Count == 0
            ? string.Empty
            : "&eventCodes=" + string.Join(',', eventCodes.Select(code => code.ToString(CultureInfo.InvariantCulture)));
        return new(
            new Uri(SourceBase, $"{path}?pumperId={Segment(pumperId)}&{days}{codes}"),
            $"{SourceBase}{path}?{days}");
    }

    /// <summary>Whether this requests days of a log without event codes.</summary>
    internal static bool IsLogOfAllCodes(Uri address) =>
        address.AbsolutePath.Contains("/pump-logs/", StringComparison.Ordinal)
        && !address.Query.Contains("&eventCodes=", StringComparison.Ordinal);

    /// <summary>
    /// Whether requests of this region may be sent there: https (http on an endpoint of this machine) to the login,
    /// accounts or source host, on the port that we use ourselves.
    /// </summary>
    internal bool IsOwn(Uri address) =>
        address.IsAbsoluteUri && address.UserInfo.Length == 0 && _ownOrigins.Contains(OriginOf(address));

    /// <summary>Whether this is the redirect URI, whatever its query.</summary>
    internal bool IsRedirectUri(Uri address) =>
        OriginOf(address) == OriginOf(RedirectUri)
        && address.AbsolutePath.TrimEnd('/') == RedirectUri.AbsolutePath.TrimEnd('/');

    /// <summary>Whether this can be an id of an account or a pump. They are UUIDs, but this is not required.</summary>
    internal static bool IsId(string id) =>
        id.Length is > 0 and <= 128 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    internal static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority).ToLowerInvariant();

    // An id that could escape from its path segment is never sent.
    private static string Segment(string id)
    {
        if (!IsId(id))
        {
            throw new TandemException(
                SourceErrors.RequestRefused,
                TandemErrorKind.InvalidData,
                "An id of the account or of a pump has characters that no id of Tandem Source has; no request was sent with it.");
        }

        return id;
    }
}

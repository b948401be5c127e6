using System.Globalization;
using TandemFetch.Records;

namespace TandemFetch.Engine.Source;

/// <summary>
/// Every address of Tandem Source, in one place, because they have been moved overnight before. The two regions share
/// the login page and nothing else.
/// </summary>
public sealed class SourceEndpoints
{
    private readonly HashSet<string> _ownOrigins;

    private SourceEndpoints(
        TandemRegion region,
        string clientId,
        Uri loginPage,
        string accounts,
        Uri redirectUri,
        Uri sourceBase)
    {
        Region = region;
        ClientId = clientId;
        LoginPage = loginPage;
        Issuer = accounts;
        Login = new Uri($"{accounts}/login");
        Authorize = new Uri($"{accounts}/connect/authorize");
        Token = new Uri($"{accounts}/connect/token");
        Keys = new Uri($"{accounts}/.well-known/openid-configuration/jwks");
        RedirectUri = redirectUri;
        SourceBase = sourceBase;
        _ownOrigins = new[] { LoginPage, Login, SourceBase }.Select(OriginOf).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The region that these addresses serve.</summary>
    public TandemRegion Region { get; }

    /// <summary>The OIDC client id of the web application, and the audience of its id tokens.</summary>
    public string ClientId { get; }

    /// <summary>Where the sign-in begins.</summary>
    public Uri LoginPage { get; }

    /// <summary>Takes e-mail and password.</summary>
    public Uri Login { get; }

    /// <summary>Gives the authorization code.</summary>
    public Uri Authorize { get; }

    /// <summary>Exchanges the code for tokens.</summary>
    public Uri Token { get; }

    /// <summary>The public keys that id tokens are signed with (JWKS).</summary>
    public Uri Keys { get; }

    /// <summary>The issuer that id tokens must name: the accounts base.</summary>
    public string Issuer { get; }

    /// <summary>Where the code is delivered.</summary>
    public Uri RedirectUri { get; }

    /// <summary>Base of the data requests, with a trailing slash; also their <c>Referer</c>.</summary>
    public Uri SourceBase { get; }

    /// <summary>What data requests must send as <c>Origin</c>; anything else meets the firewall.</summary>
    public string Origin => OriginOf(SourceBase);

    /// <summary>The real addresses of a region.</summary>
    public static SourceEndpoints ForRegion(TandemRegion region) => region switch
    {
        TandemRegion.US => new(
            region,
            ClientIdOf(region),
            new Uri("https://sso.tandemdiabetes.com/"),
            "https://tdcservices.tandemdiabetes.com/accounts/api",
            new Uri("https://sso.tandemdiabetes.com/auth/callback"),
            new Uri("https://source.tandemdiabetes.com/")),
        TandemRegion.EU => new(
            region,
            ClientIdOf(region),
            new Uri("https://sso.tandemdiabetes.com/"),
            "https://tdcservices.eu.tandemdiabetes.com/accounts/api",
            new Uri("https://source.eu.tandemdiabetes.com/authorize/callback"),
            new Uri("https://source.eu.tandemdiabetes.com/")),
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    /// <summary>All paths of a region's hosts under one base, as a sandbox serves them.</summary>
    /// <param name="endpoint">The base; https, or http on a loopback address.</param>
    /// <param name="region">The region whose client id and redirect path are used.</param>
    /// <exception cref="TandemException"><see cref="SourceErrors.EndpointInvalid"/>: not usable as a base.</exception>
    public static SourceEndpoints ForEndpoint(Uri endpoint, TandemRegion region)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Scheme != Uri.UriSchemeHttp))
        {
            throw Invalid("The endpoint must be a complete https address, such as https://source.example.com/.");
        }

        // The address is shown in errors and sent in headers, so it must not be able to carry a secret.
        if (endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
        {
            throw Invalid("The endpoint must be an address without user name, query or fragment.");
        }

        if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            throw Invalid(
                $"The endpoint {endpoint.Host} is addressed by plain http, which would send the password in clear. "
                + "Use https; http is accepted for this machine itself (127.0.0.1, ::1, localhost) only.");
        }

        var root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var redirectPath = ForRegion(region).RedirectUri.AbsolutePath;
        return new(
            region,
            ClientIdOf(region),
            new Uri($"{root}/"),
            $"{root}/accounts/api",
            new Uri(root + redirectPath),
            new Uri($"{root}/"));

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
    /// Whole days of a pump's log: entries of the codes named, of every code where none is. An empty list in the query
    /// would not be the same. The pumper id is a query key here and stays out of what is shown.
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

    /// <summary>Whether this asks for days of a log without naming event codes.</summary>
    internal static bool IsLogOfAllCodes(Uri address) =>
        address.AbsolutePath.Contains("/pump-logs/", StringComparison.Ordinal)
        && !address.Query.Contains("&eventCodes=", StringComparison.Ordinal);

    /// <summary>
    /// Whether requests of this region may go there: https (http on an endpoint of this machine) to the login, accounts
    /// or source host, on the port that we use ourselves.
    /// </summary>
    internal bool IsOwn(Uri address) =>
        address.IsAbsoluteUri && address.UserInfo.Length == 0 && _ownOrigins.Contains(OriginOf(address));

    /// <summary>Whether this is the redirect URI, whatever its query says.</summary>
    internal bool IsRedirectUri(Uri address) =>
        OriginOf(address) == OriginOf(RedirectUri)
        && address.AbsolutePath.TrimEnd('/') == RedirectUri.AbsolutePath.TrimEnd('/');

    /// <summary>Whether this can be an id of an account or a pump. They are UUIDs; that much is not insisted on.</summary>
    internal static bool IsId(string id) =>
        id.Length is > 0 and <= 128 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    internal static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority).ToLowerInvariant();

    private static string ClientIdOf(TandemRegion region) => region switch
    {
        TandemRegion.US => "0oa4wnbvtladeyVZX4h7",
        TandemRegion.EU => "1519e414-eeec-492e-8c5e-97bea4815a10",
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    // One that could climb out of its path segment is not sent at all.
    private static string Segment(string id)
    {
        if (!IsId(id))
        {
            throw new TandemException(
                SourceErrors.RequestRefused,
                TandemErrorKind.InvalidData,
                "An id of the account or of a pump has characters that no id of Tandem Source has; nothing was asked for with it.");
        }

        return id;
    }
}

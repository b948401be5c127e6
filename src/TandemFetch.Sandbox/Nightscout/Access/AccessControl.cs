using System.Security.Cryptography;
using System.Text;

namespace TandemFetch.Sandbox.Nightscout.Access;

/// <summary>Decides what a request may do, by secret, access token or JWT, and delays addresses that failed.</summary>
internal sealed class AccessControl
{
    private const int ShortestDigest = 16;
    private readonly NightscoutOptions _options;
    private readonly FailureDelays _delays;
    private readonly string _sha1;
    private readonly string _sha512;
    private readonly string[] _defaultRoles;
    private readonly IReadOnlyList<Permissions> _defaults;

    public AccessControl(NightscoutOptions options)
    {
        _options = options;
        _delays = new FailureDelays(options.FailureDelay, options.TimeProvider);
        _sha1 = NightscoutSubject.Sha1(options.ApiSecret);
        _sha512 = Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(options.ApiSecret)));
        _defaultRoles = options.DefaultRoles.Split([',', ' ', ':'], StringSplitOptions.RemoveEmptyEntries);
        _defaults = [.. _defaultRoles.Select(r => new Permissions(Roles.PermissionsOf(r)))];
        Tokens = new SignedTokens(options.TimeProvider);
    }

    public SignedTokens Tokens { get; }

    /// <summary>API v1: any kind of credentials.</summary>
    public async Task<AccessDecision> DecideAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var secret = NullIfEmpty(query["secret"]) ?? NullIfEmpty(context.Request.Headers["api-secret"]);
        var jwt = BearerOf(context.Request);
        if (jwt is null && FindSubject(await ResolveAsync(query["token"])) is { } subject)
        {
            jwt = Tokens.Issue(subject.TokenFor(_options.ApiSecret)).Token;
        }

        return await DecideAsync(context, secret == "null" ? null : secret, jwt);
    }

    /// <summary>API v3: a JWT or nothing.</summary>
    public async Task<AccessDecision> DecideByJwtAsync(HttpContext context) =>
        BearerOf(context.Request) is { } jwt
            ? await DecideAsync(context, secret: null, jwt)
            : new AccessDecision([], IsFailure: true);

    /// <summary>The subject of an access token, of its SHA-1, or of a JWT that stands for it.</summary>
    public async Task<NightscoutSubject?> FindSubjectAsync(string token) => FindSubject(await ResolveAsync(token));

    public IEnumerable<IReadOnlyList<string>> PermissionGroups(NightscoutSubject subject) =>
        subject.Roles.Concat(_defaultRoles).Distinct().Select(Roles.PermissionsOf)
            .Concat(subject.Permissions.Count == 0 ? [] : [subject.Permissions]);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? BearerOf(HttpRequest request) =>
        ((string?)request.Headers.Authorization)?.Split(' ') is ["Bearer", var token] ? token : null;

    /// <summary>Proxies name the address of the client in a header.</summary>
    private static string AddressOf(HttpContext context) =>
        NullIfEmpty(context.Request.Headers["X-Forwarded-For"])?.Split(',')[0].Trim()
        ?? context.Connection.RemoteIpAddress?.ToString()
        ?? string.Empty;

    private async Task<string?> ResolveAsync(string? token) =>
        string.IsNullOrEmpty(token) ? null : await Tokens.ReadAsync(token) ?? token;

    private NightscoutSubject? FindSubject(string? token)
    {
        var digest = token?.Split('-')[^1];
        return digest is null || digest.Length < ShortestDigest
            ? null
            : _options.Subjects.FirstOrDefault(s =>
                NightscoutSubject.Sha1(s.TokenFor(_options.ApiSecret)).StartsWith(token!, StringComparison.Ordinal)
                || s.DigestFor(_options.ApiSecret).StartsWith(digest, StringComparison.Ordinal));
    }

    private async Task<AccessDecision> DecideAsync(HttpContext context, string? secret, string? jwt)
    {
        var address = AddressOf(context);
        await WaitAsync(context, address);
        if (secret is null && jwt is null)
        {
            return new AccessDecision(_defaults, IsDefault: true);
        }

        if (secret is not null && IsApiSecret(secret))
        {
            _delays.Forgive(address);
            return new AccessDecision([new Permissions(["*"])]);
        }

        var accessToken = jwt is null ? null : await Tokens.ReadAsync(jwt);
        if (FindSubject(accessToken ?? secret) is { } subject)
        {
            _delays.Forgive(address);
            var roles = subject.Roles.Select(r => new Permissions(Roles.PermissionsOf(r)));
            return new AccessDecision([.. roles, new Permissions(subject.Permissions), .. _defaults], subject);
        }

        _delays.AddFailure(address);
        return new AccessDecision([], IsFailure: true);
    }

    /// <summary>The SHA-1 may be in capitals, the SHA-512 may not.</summary>
    private bool IsApiSecret(string secret) =>
        secret.Equals(_sha1, StringComparison.OrdinalIgnoreCase) || secret.Equals(_sha512, StringComparison.Ordinal);

    private async Task WaitAsync(HttpContext context, string address)
    {
        var due = _delays.DueFor(address);
        if (due <= TimeSpan.Zero)
        {
            return;
        }

        NightscoutLedger.Note(context, r => r with { Delay = r.Delay + due });
        if (_options.WaitsForDelays)
        {
            await Task.Delay(due, _options.TimeProvider, context.RequestAborted);
        }
    }
}

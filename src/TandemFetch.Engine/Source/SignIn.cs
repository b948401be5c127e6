using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Microsoft.IdentityModel.Tokens;
using Polly;

namespace TandemFetch.Engine.Source;

/// <summary>
/// Signs in with OpenID Connect, authorization code with PKCE. Errors name the step, since the server has changed each
/// of them before. The password is sent once, whatever the response: repeating it locks the account.
/// </summary>
internal sealed class SignIn : IDisposable
{
    private const string LoginPageStep = "step 1 of 5, opening the login page";
    private const string PasswordStep = "step 2 of 5, sending the e-mail address and password";
    private const string CodeStep = "step 3 of 5, requesting the authorization code";
    private const string TokenStep = "step 4 of 5, exchanging the code for tokens";
    private const string KeysStep = "step 5 of 5, fetching the server's keys to check the id token";
    private const int MostRedirects = 10;

    private static readonly TimeSpan AssumedLifetime = TimeSpan.FromHours(1);

    private readonly SourceEndpoints _endpoints;
    private readonly SourceOptions _options;
    private readonly IRunObserver _observer;
    private readonly HttpClient _http;
    private readonly HttpExchange _exchange;
    private readonly ResiliencePipeline _repeating;
    private readonly ResiliencePipeline _single;

    private SignIn(SourceEndpoints endpoints, SourceOptions options, IRunObserver observer)
    {
        _endpoints = endpoints;
        _options = options;
        _observer = observer;

        // Cookies exist for one sign-in; data requests are made without them.
        _http = HttpExchange.CreateClient(new CookieContainer());
        _exchange = new HttpExchange(_http, options, observer);
        _repeating = RetryPipelines.Repeating(options, observer);
        _single = RetryPipelines.Single(options);
    }

    /// <summary>Signs in.</summary>
    /// <exception cref="TandemException">A step failed; the message names it.</exception>
    public static async Task<SourceToken> RunAsync(
        SourceEndpoints endpoints,
        SourceOptions options,
        SourceCredential credential,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        using var signIn = new SignIn(endpoints, options, observer);
        observer.Verbose($"Signing in to Tandem Source, region {endpoints.Region}.");
        await signIn.OpenLoginPageAsync(cancellationToken).ConfigureAwait(false);
        await signIn.SendPasswordAsync(credential, cancellationToken).ConfigureAwait(false);
        var verifier = CryptoRandom.CreateUniqueId(48);
        var code = await signIn.AskForCodeAsync(verifier, cancellationToken).ConfigureAwait(false);
        var token = await signIn.ExchangeCodeAsync(code, verifier, cancellationToken).ConfigureAwait(false);
        observer.Verbose($"Signed in; the access token expires at {token.Expires:u}.");
        return token;
    }

    public void Dispose() => _http.Dispose();

    private Task OpenLoginPageAsync(CancellationToken cancellationToken) =>
        InStepAsync(LoginPageStep, () => FollowAsync(_endpoints.LoginPage, _ => false, cancellationToken), cancellationToken);

    private Task SendPasswordAsync(SourceCredential credential, CancellationToken cancellationToken) =>
        InStepAsync(
            PasswordStep,
            async () =>
            {
                var body = LoginBody(credential);
                try
                {
                    return await OnceAsync(() => LoginRequest(body), JudgeLogin, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(body);
                }
            },
            cancellationToken);

    private Task<string> AskForCodeAsync(string verifier, CancellationToken cancellationToken) =>
        InStepAsync(
            CodeStep,
            async () =>
            {
                var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
                var address = new RequestUrl(_endpoints.Authorize.AbsoluteUri).CreateAuthorizeUrl(
                    clientId: _endpoints.ClientId,
                    responseType: OidcConstants.ResponseTypes.Code,
                    scope: "openid profile email",
                    redirectUri: _endpoints.RedirectUri.AbsoluteUri,
                    codeChallenge: challenge,
                    codeChallengeMethod: OidcConstants.CodeChallengeMethods.Sha256);
                var end = await FollowAsync(new Uri(address), _endpoints.IsRedirectUri, cancellationToken).ConfigureAwait(false);
                return CodeIn(end);
            },
            cancellationToken);

    private async Task<SourceToken> ExchangeCodeAsync(string code, string verifier, CancellationToken cancellationToken)
    {
        var obtained = _options.Time.GetUtcNow();
        var tokens = await InStepAsync(
            TokenStep,
            () => OnceAsync(() => TokenRequest(code, verifier), ReadTokens, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        var keys = await InStepAsync(
            KeysStep, () => GetTextAsync(_endpoints.Keys, cancellationToken), cancellationToken).ConfigureAwait(false);
        var pumperId = await IdTokenCheck
            .ReadPumperIdAsync(tokens.IdToken!, keys, _endpoints, _options.Time.GetUtcNow())
            .ConfigureAwait(false);

        // Its lifetime is measured on our own clock, so a clock that is slightly off does no harm.
        var lifetime = tokens.Lifetime ?? AssumedLifetime;
        return new SourceToken(tokens.AccessToken!, pumperId, obtained, obtained + lifetime);
    }

    /// <summary>
    /// Follows the server's redirects, within the region's own hosts, to the first address that satisfies
    /// <paramref name="isEnd"/> (which is not requested) or to the first response that is not a redirect.
    /// </summary>
    private async Task<Uri> FollowAsync(Uri start, Func<Uri, bool> isEnd, CancellationToken cancellationToken)
    {
        var at = start;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var from = at;
            var next = await _repeating.ExecuteAsync(
                async token => await GetAsync(
                    from,
                    (answer, _) => Task.FromResult(HttpExchange.RedirectOf(answer, from, _endpoints)),
                    token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            if (next is null || isEnd(next))
            {
                return next ?? at;
            }

            at = next;
        }

        throw new StepFailure($"the server redirected more than {MostRedirects} times");
    }

    private async Task<string> GetTextAsync(Uri uri, CancellationToken cancellationToken) =>
        await _repeating.ExecuteAsync(
            async token => await GetAsync(
                uri,
                async (answer, patience) =>
                {
                    if (!answer.IsSuccessStatusCode)
                    {
                        throw new StepFailure($"the server responded with {(int)answer.StatusCode}");
                    }

                    return await answer.Content.ReadAsStringAsync(patience.Token).ConfigureAwait(false);
                },
                token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);

    private async Task<T> GetAsync<T>(
        Uri uri,
        Func<HttpResponseMessage, IdleTimeout, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/json,*/*;q=0.8");
        var address = SourceAddress.WithoutQuery(uri);
        return await _exchange.SendAsync(
            request,
            address,
            (answer, patience) => Failure(answer, address) is { } failure ? throw failure : read(answer, patience),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> OnceAsync<T>(
        Func<HttpRequestMessage> create,
        Func<HttpResponseMessage, string, Task<T>> judge,
        CancellationToken cancellationToken)
    {
        using var request = create();
        var address = SourceAddress.WithoutQuery(request.RequestUri!);
        return await _single.ExecuteAsync(
            async token => await _exchange.SendAsync(
                request,
                address,
                async (answer, patience) =>
                {
                    var text = await answer.Content.ReadAsStringAsync(patience.Token).ConfigureAwait(false);
                    return await judge(answer, text).ConfigureAwait(false);
                },
                token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    // In a sign-in, a request that the server considers invalid is a step that failed.
    private Exception? Failure(HttpResponseMessage answer, SourceAddress address) =>
        _exchange.FailureOf(answer, address) switch
        {
            TandemException { ErrorId: SourceErrors.RequestRefused } =>
                new StepFailure($"the server responded with {(int)answer.StatusCode}"),
            null when answer.StatusCode == HttpStatusCode.Unauthorized =>
                new StepFailure("the server responded with 401"),
            var failure => failure,
        };

    private static byte[] LoginBody(SourceCredential credential) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string>
            {
                ["username"] = credential.Email!,
                ["password"] = credential.ReadPassword(),
            });

    private HttpRequestMessage LoginRequest(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoints.Login) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Referrer = _endpoints.LoginPage;
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }

    private Task<bool> JudgeLogin(HttpResponseMessage answer, string text)
    {
        var isLocked = answer.StatusCode == HttpStatusCode.Locked
            || text.Contains("Max attempted logins", StringComparison.OrdinalIgnoreCase);
        if (isLocked)
        {
            throw new TandemException(
                SourceErrors.AccountLocked,
                TandemErrorKind.Authentication,
                "Tandem Source has locked the account after too many sign-ins. Do not try again for now: each attempt prolongs the lock. Wait "
                + "half an hour, or reset the password on Tandem Source's own page.");
        }

        var status = LoginStatus(text);
        if (answer.StatusCode == HttpStatusCode.OK && status == "SUCCESS")
        {
            return Task.FromResult(true);
        }

        // A web page with 200 or 400 comes from a gateway or is a maintenance notice, and says nothing about the
        // password.
        var isRejection = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.UnprocessableEntity
            || (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest && status is not null);
        if (isRejection)
        {
            throw Rejected(_endpoints.Region);
        }

        var failure = Failure(answer, SourceAddress.WithoutQuery(_endpoints.Login));
        throw failure ?? new StepFailure($"the server responded with {(int)answer.StatusCode} but without the word SUCCESS");
    }

    private static TandemException Rejected(TandemRegion region)
    {
        var others = TandemRegion.All.Where(other => other.Name != region.Name).Select(other => $"-Region {other}");
        return new TandemException(
            SourceErrors.SignInRejected,
            TandemErrorKind.Authentication,
            $"Tandem Source ({region}) did not accept this e-mail address and password. It was tried once and is not retried, because repeated "
            + $"attempts lock the account. Check both on Tandem Source's own page; if they work there, the account may belong to the other "
            + $"region: {string.Join(" or ", others)}.",
            region.Name);
    }

    private static string? LoginStatus(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonText.Of(document.RootElement, "status") ?? string.Empty;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string CodeIn(Uri end)
    {
        if (!_endpoints.IsRedirectUri(end))
        {
            throw new StepFailure(
                $"the server showed {SourceAddress.WithoutQuery(end).Shown} instead of returning a code, as if nobody had signed in");
        }

        var answer = new AuthorizeResponse(end.AbsoluteUri);
        return answer.Code is { Length: > 0 } code
            ? code
            : throw new StepFailure($"the server returned {ErrorName(answer.Error)} instead of a code");
    }

    private HttpRequestMessage TokenRequest(string code, string verifier)
    {
        var request = new AuthorizationCodeTokenRequest
        {
            Address = _endpoints.Token.AbsoluteUri,
            ClientId = _endpoints.ClientId,
            ClientCredentialStyle = ClientCredentialStyle.PostBody,
            Code = code,
            RedirectUri = _endpoints.RedirectUri.AbsoluteUri,
            CodeVerifier = verifier,
            Parameters =
            {
                { OidcConstants.TokenRequest.GrantType, OidcConstants.GrantTypes.AuthorizationCode },
                { OidcConstants.TokenRequest.Code, code },
                { OidcConstants.TokenRequest.RedirectUri, _endpoints.RedirectUri.AbsoluteUri },
                { OidcConstants.TokenRequest.CodeVerifier, verifier },
            },
        };
        request.Prepare();
        request.Method = HttpMethod.Post;
        return request;
    }

    private Task<TokenResponse> ReadTokens(HttpResponseMessage answer, string text)
    {
        var isProtocolError = answer.StatusCode == HttpStatusCode.BadRequest;
        if (!isProtocolError && Failure(answer, SourceAddress.WithoutQuery(_endpoints.Token)) is { } failure)
        {
            throw failure;
        }

        var tokens = TokenResponse.Parse(text) ?? throw new StepFailure(
            $"the server responded with {(int)answer.StatusCode} and something that is not a token response");
        if (isProtocolError || tokens.Error is not null)
        {
            throw new StepFailure($"the server responded with {(int)answer.StatusCode} and {ErrorName(tokens.Error)}");
        }

        return tokens is { AccessToken.Length: > 0, IdToken.Length: > 0 }
            ? Task.FromResult(tokens)
            : throw new StepFailure("the response has no access token or no id token");
    }

    // The name of an error is from a short list; anything longer is not repeated, because it could contain anything.
    private static string ErrorName(string? name) =>
        name is { Length: > 0 and <= 40 } && name.All(c => char.IsAsciiLetterLower(c) || c == '_')
            ? $"the error '{name}'"
            : "an error";

    private static async Task<T> InStepAsync<T>(string step, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (TandemException problem) when (problem.ErrorId
            is not (SourceErrors.SignInRejected or SourceErrors.AccountLocked or SourceErrors.TokenInvalid))
        {
            throw new TandemException(
                problem.ErrorId, problem.Kind, $"Signing in failed in {step}. {problem.Message}", problem.Target);
        }
        catch (StepFailure problem)
        {
            throw Failed(SourceErrors.SignInFailed, TandemErrorKind.Authentication, problem.Message);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested
            && RetryPipelines.AsTransient(problem) is { } failure)
        {
            throw failure.Reason switch
            {
                FailureReason.Connection or FailureReason.Timeout =>
                    Failed(SourceErrors.ServerUnreachable, TandemErrorKind.Connection, failure.Message),
                FailureReason.RateLimit => Failed(SourceErrors.RateLimited, TandemErrorKind.Connection, failure.Message),
                _ => Failed(SourceErrors.SignInFailed, TandemErrorKind.Connection, failure.Message),
            };
        }

        TandemException Failed(string id, TandemErrorKind kind, string why) =>
            new(id, kind, $"Signing in failed in {step}: {why.TrimEnd('.')}.", step);
    }
}

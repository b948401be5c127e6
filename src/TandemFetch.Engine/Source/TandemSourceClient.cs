using System.Buffers;
using System.Net;
using System.Runtime.ExceptionServices;
using Polly;

namespace TandemFetch.Engine.Source;

/// <summary>
/// A session with Tandem Source: signs in once, uses the token while it is valid, and makes one request at a time. If a
/// token is rejected, it signs in again and retries the request once. A session never sends a rejected password again,
/// and after any other failed sign-in it waits as <see cref="SignInBackoff"/> defines: requests in the meantime fail at
/// once with the same error.
/// </summary>
public sealed class TandemSourceClient : ILogSource, IAsyncDisposable
{
    private const int LargestAccount = 64 * 1024 * 1024;
    private const int MostRedirects = 5;

    private readonly SourceEndpoints _endpoints;
    private readonly SourceOptions _options;
    private readonly SourceCredential _credential;
    private readonly IRunObserver _observer;
    private readonly HttpClient _http;
    private readonly HttpExchange _exchange;
    private readonly ResiliencePipeline _repeating;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ArrayPool<byte> _buffers = ResponseBody.CreatePool();
    private SourceToken? _token;
    private readonly SignInBackoff _backoff;
    private TandemException? _lastFailure;
    private bool _namesCodes;
    private bool _disposed;

    private TandemSourceClient(SourceOptions options, SourceCredential credential, IRunObserver observer)
    {
        _endpoints = SourceEndpoints.For(credential.Region, options.Endpoint);
        _options = options;
        _credential = credential;
        _observer = observer;
        _http = HttpExchange.CreateClient(cookies: null);
        _exchange = new HttpExchange(_http, options, observer);
        _repeating = RetryPipelines.Repeating(options, observer);
        _backoff = new SignInBackoff(options.Time);
    }

    /// <summary>The region of the account.</summary>
    public TandemRegion Region => _endpoints.Region;

    /// <summary>The server that provides the data.</summary>
    public Uri Server => _endpoints.SourceBase;

    // The file of this account's token; null if no token is stored.
    private string? TokenFile =>
        _options.TokenCache is { } cache ? _credential.TokenFile ?? cache.PathOf(_endpoints, _credential.Email!) : null;

    /// <summary>When the current access token expires, or null before a sign-in and after a sign-out.</summary>
    public DateTimeOffset? TokenExpires => _token?.Expires;

    /// <summary>Opens a session: with the stored token if there is a valid one, otherwise by signing in.</summary>
    /// <param name="options">How to communicate with the server.</param>
    /// <param name="credential">The account.</param>
    /// <param name="observer">Receives progress and messages, which never contain a secret.</param>
    /// <param name="cancellationToken">Cancels the sign-in.</param>
    /// <exception cref="TandemException">The sign-in failed; the ids are in <see cref="SourceErrors"/>.</exception>
    public static async Task<TandemSourceClient> ConnectAsync(
        SourceOptions options,
        SourceCredential credential,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(observer);
        if (options.EventCodes.Count == 0)
        {
            throw new ArgumentException("At least one event code must be requested.", nameof(options));
        }

        var client = new TandemSourceClient(options, credential, observer);
        try
        {
            client._token = client.ReadStoredToken() ?? await client.SignInAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) =>
        InTurnAsync(
            pumperId => _endpoints.Pumper(pumperId),
            async (answer, host, patience) =>
            {
                using var body = await ResponseBody
                    .ReadJsonAsync(answer, _buffers, new JsonResponseCheck(host), LargestAccount, host, patience)
                    .ConfigureAwait(false);
                return AccountReader.Read(body.Bytes, Region, _observer);
            },
            range: null,
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// The page is one complete JSON object with a list <c>events</c>: anything else (truncated, malformed, a web page, an
    /// error object) was retried and has become <see cref="SourceErrors.RangeFailed"/>. The contents of the entries are
    /// not checked. No event codes are sent, so that all kinds of entries are returned. A server that rejects this gets
    /// the list of <see cref="SourceOptions.EventCodes"/>, at once and for the rest of the session.
    /// </remarks>
    public async Task<LogPage> GetLogPageAsync(
        string assignmentId,
        DateOnly firstDay,
        DateOnly lastDay,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(assignmentId);
        ArgumentOutOfRangeException.ThrowIfLessThan(lastDay, firstDay);
        if (!_namesCodes)
        {
            try
            {
                return await AskForLogAsync(assignmentId, firstDay, lastDay, [], cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (EventCodesDemanded)
            {
                _observer.Verbose(
                    "The server insists on a list of event codes; all codes that this version knows are sent. "
                    + "Its responses do not contain entries with codes that are newer than this version.");
                _namesCodes = true;
            }
        }

        return await AskForLogAsync(assignmentId, firstDay, lastDay, _options.EventCodes, cancellationToken)
            .ConfigureAwait(false);
    }

    private Task<LogPage> AskForLogAsync(
        string assignmentId,
        DateOnly firstDay,
        DateOnly lastDay,
        IReadOnlyList<int> eventCodes,
        CancellationToken cancellationToken) =>
        InTurnAsync(
            pumperId => _endpoints.PumpLogs(assignmentId, pumperId, firstDay, lastDay, eventCodes),
            async (answer, host, patience) =>
            {
                using var body = await ResponseBody
                    .ReadJsonAsync(answer, _buffers, new JsonResponseCheck(host, "events"), _options.MaxPageBytes, host, patience)
                    .ConfigureAwait(false);
                _observer.Debug($"{firstDay:o} to {lastDay:o}: {body.Length:N0} bytes");
                return new LogPage(body.TakeBuffer(), body.Length, _buffers);
            },
            range: $"{firstDay:o} to {lastDay:o}",
            cancellationToken);

    /// <summary>Discards the token, here and in the cache. The next request signs in again.</summary>
    /// <exception cref="TandemException"><see cref="SourceErrors.TokenCacheLocked"/>.</exception>
    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DropToken();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes the connections. The stored token is kept.</summary>
    public ValueTask DisposeAsync()
    {
        // The semaphore is left to the garbage collector, because a request may still be releasing it.
        _disposed = true;
        _token = null;
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> InTurnAsync<T>(
        Func<string, SourceAddress> address,
        Func<HttpResponseMessage, string, IdleTimeout, Task<T>> read,
        string? range,
        CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await WithTokenAsync(
                token => AskAsync(address(token.PumperId), token, read, range, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<T> WithTokenAsync<T>(Func<SourceToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (_token is { } token && token.IsValidAt(_options.Time.GetUtcNow()))
        {
            try
            {
                return await ask(token).ConfigureAwait(false);
            }
            catch (UnauthorizedResponse)
            {
                _observer.Verbose("The server no longer accepts the access token; signing in again.");
                ForgetToken();
            }
        }

        _token = await SignInAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await ask(_token).ConfigureAwait(false);
            _backoff.Succeeded();
            return result;
        }
        catch (UnauthorizedResponse)
        {
            ForgetToken();
            throw Remember(new TandemException(
                SourceErrors.TokenRefused,
                TandemErrorKind.Authentication,
                $"{_endpoints.SourceBase.Host} does not accept the access token that the sign-in has just returned. It was not retried. "
                + "Wait a few minutes, then connect again.",
                _endpoints.Origin));
        }
    }

    private async Task<T> AskAsync<T>(
        SourceAddress address,
        SourceToken token,
        Func<HttpResponseMessage, string, IdleTimeout, Task<T>> read,
        string? range,
        CancellationToken cancellationToken)
    {
        try
        {
            return await _repeating.ExecuteAsync(
                async attempt => await AttemptAsync(address, token, read, attempt).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ResponseTooLarge problem)
        {
            throw GivenUp(range, FailureReason.Malformed, problem.Message, attempts: 1);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested
            && RetryPipelines.AsTransient(problem) is { } failure)
        {
            throw GivenUp(range, failure.Reason, failure.Message, _options.Attempts);
        }
    }

    private async Task<T> AttemptAsync<T>(
        SourceAddress address,
        SourceToken token,
        Func<HttpResponseMessage, string, IdleTimeout, Task<T>> read,
        CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var at = address;
            using var request = CreateRequest(at.Uri, token);
            var (next, result) = await _exchange.SendAsync(
                request,
                at,
                async (answer, patience) =>
                {
                    if (answer.StatusCode == HttpStatusCode.BadRequest
                        && SourceEndpoints.IsLogOfAllCodes(at.Uri)
                        && await EventCodesDemanded.IsMeantByAsync(answer, patience.Token).ConfigureAwait(false))
                    {
                        throw new EventCodesDemanded();
                    }

                    ThrowIfFailed(answer, at);
                    return HttpExchange.RedirectOf(answer, at.Uri, _endpoints) is { } target
                        ? (target, default(T))
                        : (null, await read(answer, at.Uri.Host, patience).ConfigureAwait(false));
                },
                cancellationToken).ConfigureAwait(false);
            if (next is null)
            {
                return result!;
            }

            // A redirect to the login page or the accounts host means that the server does not recognize us. The token
            // is sent only to the source host.
            if (SourceEndpoints.OriginOf(next) != _endpoints.Origin)
            {
                throw new UnauthorizedResponse();
            }

            address = new SourceAddress(next, address.Shown);
        }

        throw new TransientFailure(FailureReason.Status, $"{address.Uri.Host} redirected more than {MostRedirects} times.");
    }

    private void ThrowIfFailed(HttpResponseMessage answer, SourceAddress address)
    {
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new UnauthorizedResponse();
        }

        if (_exchange.FailureOf(answer, address) is { } failure)
        {
            throw failure;
        }
    }

    private HttpRequestMessage CreateRequest(Uri uri, SourceToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token.AccessToken}");
        request.Headers.TryAddWithoutValidation("Origin", _endpoints.Origin);
        request.Headers.Referrer = _endpoints.SourceBase;
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }

    private TandemException GivenUp(string? range, FailureReason reason, string why, int attempts)
    {
        var often = attempts == 1 ? "once" : $"{attempts} times";
        if (reason == FailureReason.Connection)
        {
            return new TandemException(
                SourceErrors.ServerUnreachable,
                TandemErrorKind.Connection,
                $"{why} It was tried {often}. Check this machine's connection; what has been fetched so far is kept.",
                _endpoints.Origin);
        }

        if (reason == FailureReason.RateLimit)
        {
            return new TandemException(
                SourceErrors.RateLimited,
                TandemErrorKind.Connection,
                $"{why} It was tried {often}. Wait a few minutes and run the command again; it continues where it stopped.",
                _endpoints.Origin);
        }

        if (range is not null)
        {
            return new TandemException(
                SourceErrors.RangeFailed,
                TandemErrorKind.Connection,
                $"The log of {range} could not be fetched. {why} It was tried {often}.",
                range);
        }

        return new TandemException(
            reason == FailureReason.Malformed ? SourceErrors.AnswerMalformed : SourceErrors.ServerFailed,
            reason == FailureReason.Malformed ? TandemErrorKind.InvalidData : TandemErrorKind.Connection,
            $"The account could not be read. {why} It was tried {often}. Run again later.",
            _endpoints.Origin);
    }

    private async Task<SourceToken> SignInAsync(CancellationToken cancellationToken)
    {
        // Another pump or window of the same run must not send a password that has just been rejected, nor repeat the
        // sign-in too often.
        if (_lastFailure is { } failure && (IsFinal(failure) || _backoff.Remaining > TimeSpan.Zero))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (!_credential.CanSignIn)
        {
            throw new TandemException(
                SourceErrors.CredentialsMissing,
                TandemErrorKind.Authentication,
                "There is no stored sign-in that is still valid, and no password to sign in again. "
                + "Use Connect-TandemSource -Credential with your e-mail address and password.",
                _endpoints.Origin);
        }

        try
        {
            var token = await SignIn
                .RunAsync(_endpoints, _options, _credential, _observer, cancellationToken)
                .ConfigureAwait(false);
            if (TokenFile is { } file)
            {
                _options.TokenCache!.Write(file, _endpoints, token, _observer);
            }

            return token;
        }
        catch (TandemException problem) when (SourceErrors.CallsForBackoff(problem.ErrorId))
        {
            throw Remember(problem);
        }
    }

    private static bool IsFinal(TandemException failure) =>
        failure.ErrorId is SourceErrors.SignInRejected or SourceErrors.AccountLocked;

    private TandemException Remember(TandemException failure)
    {
        _backoff.Failed();
        return _lastFailure = failure;
    }

    private SourceToken? ReadStoredToken()
    {
        var stored = TokenFile is { } file && !_options.SignsInFirst
            ? _options.TokenCache!.Read(file, _endpoints, _options.Time.GetUtcNow(), _observer)
            : null;
        if (stored is not null)
        {
            _observer.Verbose($"Using the stored sign-in, valid until {stored.Expires:u}.");
        }

        return stored;
    }

    // A rejected token that cannot be deleted is no reason to stop, because the next one replaces it.
    private void ForgetToken()
    {
        try
        {
            DropToken();
        }
        catch (TandemException problem)
        {
            _observer.Warning(problem.Message);
        }
    }

    private void DropToken()
    {
        _token = null;
        if (TokenFile is { } file)
        {
            TokenCache.Remove(file);
        }
    }
}

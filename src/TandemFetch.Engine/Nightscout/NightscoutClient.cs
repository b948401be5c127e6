using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Nightscout;

/// <summary>
/// Requests of API v1, one at a time. A site that limits requests, fails or is silent is tried again; a site that does
/// not accept the secret is not, because Nightscout makes the whole address wait after each wrong one.
/// </summary>
internal sealed class NightscoutClient : IDisposable
{
    private const int LargestResponse = 64 * 1024 * 1024;

    private static readonly string Agent =
        $"TandemFetch/{typeof(NightscoutClient).Assembly.GetName().Version?.ToString(3)}";

    private readonly NightscoutAddress _address;
    private readonly NightscoutCredential _credential;
    private readonly ExchangeOptions _options;
    private readonly HttpClient _http;
    private readonly HttpExchange _exchange;
    private readonly ResiliencePipeline _repeating;
    private bool _isAccepted;

    public NightscoutClient(
        NightscoutAddress address, NightscoutCredential credential, ExchangeOptions options, IRunObserver observer)
    {
        (_address, _credential, _options) = (address, credential, options);
        _http = HttpExchange.CreateClient(cookies: null, Agent);
        _exchange = new HttpExchange(_http, options, observer);
        _repeating = RetryPipelines.Repeating(options, observer);
    }

    /// <summary>The options of the module: Nightscout delays requests after a wrong secret by 5 s and more.</summary>
    public static ExchangeOptions DefaultOptions { get; } = new()
    {
        SilenceTimeout = TimeSpan.FromSeconds(60),
        AttemptTimeout = TimeSpan.FromMinutes(5),
    };

    /// <summary>
    /// Asks the site whether it accepts the secret at all, so that a later 401 means a missing permission. Its 200
    /// does not mean yes.
    /// </summary>
    /// <exception cref="TandemException">One of <see cref="NightscoutErrors"/>.</exception>
    public async Task EnsureAcceptedAsync(CancellationToken cancellationToken)
    {
        if (_isAccepted)
        {
            return;
        }

        using var response = await SendAsync(
            HttpMethod.Get, "verifyauth", _address.Of("verifyauth"), content: null, cancellationToken)
            .ConfigureAwait(false);
        var isObject = response.RootElement.ValueKind == JsonValueKind.Object
            && response.RootElement.TryGetProperty("message", out var message)
            && message.ValueKind == JsonValueKind.Object;
        if (!isObject)
        {
            throw Malformed("verifyauth");
        }

        // A role that may not read everything is unauthorized, too, but is found.
        var verdict = response.RootElement.GetProperty("message");
        if (JsonText.Of(verdict, "message") == "UNAUTHORIZED" && JsonText.Of(verdict, "rolefound") != "FOUND")
        {
            throw new TandemException(
                NightscoutErrors.Unauthorized,
                TandemErrorKind.Authentication,
                $"{_address} does not accept the {_credential}. It was tried once, because each wrong one makes the "
                + "site delay all requests from this address. Check it, and that an access token has a role.",
                _address.Name);
        }

        _isAccepted = true;
    }

    /// <summary>Gets documents.</summary>
    /// <exception cref="TandemException">One of <see cref="NightscoutErrors"/>.</exception>
    public async Task<JsonDocument> GetAsync(
        string collection, (string Name, string Value)[] query, CancellationToken cancellationToken)
    {
        var response = await SendAsync(
            HttpMethod.Get, collection, _address.Of(collection, query), content: null, cancellationToken)
            .ConfigureAwait(false);
        if (response.RootElement.ValueKind == JsonValueKind.Array)
        {
            return response;
        }

        response.Dispose();
        throw Malformed(collection);
    }

    /// <summary>Sends new or changed documents.</summary>
    /// <param name="method">POST for a list, PUT for one document.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="json">The documents.</param>
    /// <param name="beforeRetry">Called before each attempt but the first; null for documents that have a key.</param>
    /// <param name="cancellationToken">Cancels; the site may have the documents or not.</param>
    /// <exception cref="TandemException">One of <see cref="NightscoutErrors"/>.</exception>
    public async Task SendAsync(
        HttpMethod method,
        string collection,
        ReadOnlyMemory<byte> json,
        Func<CancellationToken, Task>? beforeRetry,
        CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            method, collection, _address.Of(collection), json, cancellationToken, beforeRetry).ConfigureAwait(false);
    }

    /// <summary>Deletes what conditions select, or one document.</summary>
    /// <exception cref="TandemException">One of <see cref="NightscoutErrors"/>.</exception>
    public async Task DeleteAsync(
        string collection, string? id, (string Name, string Value)[] query, CancellationToken cancellationToken)
    {
        var path = id is null ? collection : $"{collection}/{Uri.EscapeDataString(id)}";
        using var response = await SendAsync(
            HttpMethod.Delete, collection, _address.Of(path, query), content: null, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The failure of a site that does not respond as Nightscout does.</summary>
    public TandemException Malformed(string collection) => new(
        NightscoutErrors.ResponseMalformed,
        TandemErrorKind.InvalidData,
        $"{_address} did not respond to {collection} as Nightscout does. Check the address.",
        _address.Name);

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> SendAsync(
        HttpMethod method,
        string collection,
        Uri uri,
        ReadOnlyMemory<byte>? content,
        CancellationToken cancellationToken,
        Func<CancellationToken, Task>? beforeRetry = null)
    {
        var attempts = 0;
        try
        {
            return await _repeating.ExecuteAsync(
                async attempt =>
                {
                    if (attempts++ > 0 && beforeRetry is not null)
                    {
                        await beforeRetry(attempt).ConfigureAwait(false);
                    }

                    using var request = Create(method, uri, content);
                    return await _exchange.SendAsync(
                        request,
                        SourceAddress.WithoutQuery(uri),
                        (answer, patience) => ReadAsync(answer, method, collection, patience),
                        attempt).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested
            && RetryPipelines.AsTransient(problem) is { } failure)
        {
            throw GivenUp(failure);
        }
    }

    private HttpRequestMessage Create(HttpMethod method, Uri uri, ReadOnlyMemory<byte>? content)
    {
        var request = new HttpRequestMessage(method, uri);
        request.Headers.TryAddWithoutValidation("api-secret", _credential.Header);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (content is { } json)
        {
            request.Content = new ReadOnlyMemoryContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        return request;
    }

    private async Task<JsonDocument> ReadAsync(
        HttpResponseMessage answer, HttpMethod method, string collection, IdleTimeout patience)
    {
        ThrowIfFailed(answer, method, collection);
        using var stream = await answer.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        using var body = new MemoryStream();
        var part = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(part, patience.Token).ConfigureAwait(false)) > 0)
        {
            patience.Reset();
            body.Write(part, 0, read);
            if (body.Length > LargestResponse)
            {
                throw Malformed(collection);
            }
        }

        try
        {
            return JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
        catch (JsonException)
        {
            throw new TransientFailure(
                FailureReason.Malformed,
                $"{_address.Host} responded with something else than JSON to {method} {collection}.");
        }
    }

    private void ThrowIfFailed(HttpResponseMessage answer, HttpMethod method, string collection)
    {
        var status = (int)answer.StatusCode;
        switch (status)
        {
            case >= 200 and < 300:
                return;
            case >= 300 and < 400:
                throw new TandemException(
                    NightscoutErrors.Redirected,
                    TandemErrorKind.PermissionDenied,
                    $"{_address} redirected a request{Target(answer)}. It was not followed, because the secret must "
                    + "not be sent elsewhere. If the site has moved, specify its new address with -Uri.",
                    _address.Name);
            case 401 or 403:
                throw Unauthorized(method, collection, status);
            case 429:
                throw new TransientFailure(
                    FailureReason.RateLimit,
                    $"{_address.Host} is limiting requests (429).",
                    _exchange.RetryAfter(answer));
            case 408 or >= 500:
                throw new TransientFailure(
                    FailureReason.Status, $"{_address.Host} responded with {status}.", _exchange.RetryAfter(answer));
            default:
                throw new TandemException(
                    NightscoutErrors.Refused,
                    TandemErrorKind.InvalidArgument,
                    $"{_address} refused {method} {collection} ({status}). "
                    + (status is 404 or 405
                        ? "Check that the address is that of a Nightscout site whose API is enabled."
                        : "It was not retried."),
                    _address.Name);
        }
    }

    private TandemException Unauthorized(HttpMethod method, string collection, int status)
    {
        var permission = PermissionOf(method, collection);
        var read = $"api:{collection}:read";
        var needed = permission == read
            ? read
            : $"{permission}, and {read}, which the site checks before every request";
        return new TandemException(
            NightscoutErrors.PermissionMissing,
            TandemErrorKind.Authentication,
            $"{_address} does not allow {method} {collection} ({status}), and it was not retried. "
            + (collection == "verifyauth"
                ? $"Check the {_credential}."
                : $"The role of the {_credential} needs {needed}. No role that Nightscout has from the start "
                    + "is enough: create one in the site's Admin Tools, with all permissions that "
                    + "docs/nightscout.md lists."),
            _address.Name);
    }

    private static string PermissionOf(HttpMethod method, string collection)
    {
        var right = method == HttpMethod.Get ? "read"
            : method == HttpMethod.Post ? "create"
            : method == HttpMethod.Put ? "update"
            : "delete";
        return $"api:{collection}:{right}";
    }

    private static string Target(HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true } target ? $" to {target.Scheme}://{target.Host}" : "";

    private TandemException GivenUp(TransientFailure failure)
    {
        var (id, kind) = failure.Reason switch
        {
            FailureReason.Connection => (NightscoutErrors.Unreachable, TandemErrorKind.Connection),
            FailureReason.RateLimit => (NightscoutErrors.RateLimited, TandemErrorKind.Connection),
            FailureReason.Malformed => (NightscoutErrors.ResponseMalformed, TandemErrorKind.InvalidData),
            _ => (NightscoutErrors.Failed, TandemErrorKind.Connection),
        };
        var often = _options.Attempts == 1 ? "once" : $"{_options.Attempts} times";
        return new TandemException(
            id,
            kind,
            $"{failure.Message} It was tried {often}. Run the command again later; it continues where it stopped.",
            _address.Name);
    }
}

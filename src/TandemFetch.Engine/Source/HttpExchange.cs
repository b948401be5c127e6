using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TandemFetch.Engine.Source;

/// <summary>
/// Performs a request and describes the result in our own words. Everything that the framework throws becomes a
/// <see cref="TransientFailure"/> here, without the original exception, whose text can quote headers and bodies.
/// </summary>
internal sealed class HttpExchange(HttpClient http, ExchangeOptions options, IRunObserver observer)
{
    // What a current browser sends; the firewall rejects what looks like a program.
    private const string BrowserAgent =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    /// <summary>The framework never follows redirects, because it would not check where they lead.</summary>
    /// <param name="cookies">Where cookies are kept; null for none.</param>
    /// <param name="agent">The name of the client; null for that of a browser.</param>
    public static HttpClient CreateClient(CookieContainer? cookies, string? agent = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            Proxy = new RemoteProxy(HttpClient.DefaultProxy),
            UseCookies = cookies is not null,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (cookies is not null)
        {
            handler.CookieContainer = cookies;
        }

        // Time limits are set per exchange.
        var client = new HttpClient(handler)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 8 * 1024 * 1024,
        };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent ?? BrowserAgent);
        return client;
    }

    /// <summary>
    /// Sends a request, lets <paramref name="read"/> take what it needs from the response, and releases the rest.
    /// </summary>
    public async Task<T> SendAsync<T>(
        HttpRequestMessage request,
        SourceAddress address,
        Func<HttpResponseMessage, IdleTimeout, Task<T>> read,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var patience = new IdleTimeout(options.SilenceTimeout, options.Time, cancellationToken);
        try
        {
            using var answer = await http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token)
                .ConfigureAwait(false);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            observer.Debug(string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Method} {address.Shown} -> {(int)answer.StatusCode} after {elapsed:0} ms"));
            patience.Reset();
            return await read(answer, patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && patience.IsOver)
        {
            throw new TransientFailure(
                FailureReason.Timeout,
                $"{address.Uri.Host} was silent for {options.SilenceTimeout.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException problem)
        {
            throw OnTheWay(problem, address.Uri.Host);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException)
        {
            throw CutOff(address.Uri.Host);
        }
    }

    /// <summary>The failure for a status, or null for success, a redirect, or 401.</summary>
    public Exception? FailureOf(HttpResponseMessage answer, SourceAddress address)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            < 400 or 401 => null,
            400 => RequestRefused(status, address),
            403 => new TandemException(
                SourceErrors.FirewallRefused,
                TandemErrorKind.PermissionDenied,
                $"The firewall of {address.Uri.Host} refused the request (403). It was not retried. Wait a while before the next "
                + "attempt; a VPN or proxy, or too many sign-ins from this address, may be the cause.",
                address.Shown),
            404 or 410 => new TandemException(
                SourceErrors.EndpointGone,
                TandemErrorKind.NotFound,
                $"The server does not know this request ({status}): {address.Shown}. Either the address has changed and a newer "
                + "TandemFetch is needed, or what it requests (such as this pump) is no longer in the account.",
                address.Shown),
            429 => new TransientFailure(
                FailureReason.RateLimit, $"{address.Uri.Host} is limiting requests (429).", RetryAfter(answer)),
            408 or >= 500 => new TransientFailure(
                FailureReason.Status, $"{address.Uri.Host} responded with {status}.", RetryAfter(answer)),
            _ => RequestRefused(status, address),
        };
    }

    /// <summary>The target of a redirect, if it is a host of the region.</summary>
    /// <returns>Null if the response is not a redirect.</returns>
    public static Uri? RedirectOf(HttpResponseMessage answer, Uri from, SourceEndpoints endpoints)
    {
        if ((int)answer.StatusCode is < 300 or >= 400 || answer.Headers.Location is not { } location)
        {
            return null;
        }

        if (!Uri.TryCreate(from, location, out var target) || !endpoints.IsOwn(target))
        {
            var shown = target is null ? "an unreadable address" : $"{target.Scheme}://{target.Host}";
            throw new TandemException(
                SourceErrors.RedirectRefused,
                TandemErrorKind.PermissionDenied,
                $"{from.Host} redirected the request to {shown}, which is not an address of the "
                + $"region {endpoints.Region}. It was not followed.",
                shown);
        }

        return target;
    }

    private static TandemException RequestRefused(int status, SourceAddress address) => new(
        SourceErrors.RequestRefused,
        TandemErrorKind.InvalidArgument,
        $"The server rejected the request as invalid ({status}): {address.Shown}. Usual causes are dates that it does not accept and "
        + "renamed query keys; a newer TandemFetch may help.",
        address.Shown);

    /// <summary>The pause that a response asks for; null if it asks for none.</summary>
    public TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter;
        var pause = asked?.Delta ?? asked?.Date - options.Time.GetUtcNow();
        return pause is { } wait && wait < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    private static TransientFailure CutOff(string host) =>
        new(FailureReason.Malformed, $"The response of {host} was truncated.");

    private static TransientFailure OnTheWay(HttpRequestException problem, string host) => problem.HttpRequestError switch
    {
        HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse => CutOff(host),
        HttpRequestError.NameResolutionError => Unconnected("its name could not be resolved", host),
        HttpRequestError.SecureConnectionError => Unconnected("no secure connection (TLS) could be made", host),
        HttpRequestError.ProxyTunnelError => Unconnected("the proxy refused", host),
        HttpRequestError.ConfigurationLimitExceeded => new TransientFailure(
            FailureReason.Malformed, $"The response of {host} is far larger than it should be."),
        _ when problem.InnerException is SocketException socket => Unconnected(socket.SocketErrorCode.ToString(), host),
        _ when problem.InnerException is IOException => CutOff(host),
        _ => Unconnected("the connection failed", host),
    };

    private static TransientFailure Unconnected(string why, string host) =>
        new(FailureReason.Connection, $"{host} cannot be reached: {why}.");
}

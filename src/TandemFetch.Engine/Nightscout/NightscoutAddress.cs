using System.Globalization;

namespace TandemFetch.Engine.Nightscout;

/// <summary>The address of a Nightscout site, and those of its API. None of them contains a secret.</summary>
public sealed class NightscoutAddress
{
    private const string Api = "/api/v1";

    private NightscoutAddress(Uri site) => Site = site;

    /// <summary>The site, without a slash at its end.</summary>
    public string Name => Site.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>The name of the server, for messages.</summary>
    internal string Host => Site.Host;

    private Uri Site { get; }

    /// <summary>Reads the address of a site; <c>/api/v1</c> at its end is omitted.</summary>
    /// <param name="text">The address as the user wrote it.</param>
    /// <exception cref="TandemException"><see cref="NightscoutErrors.AddressInvalid"/>; the message does not repeat the
    /// address, which may contain a secret.</exception>
    public static NightscoutAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.Host.Length == 0)
        {
            throw Invalid("must be complete, such as https://my.site.example");
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Invalid(
                "must not contain a secret, a token or anything else after the path, because addresses end up in logs. "
                + "Use -Credential or -Token");
        }

        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
        {
            throw Invalid("must begin with https, because http would send the secret in clear text. "
                + "Only a site on this machine may be reached by http");
        }

        var path = uri.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(Api, StringComparison.OrdinalIgnoreCase))
        {
            path = path[..^Api.Length];
        }

        return new NightscoutAddress(new UriBuilder(uri.Scheme, uri.Host, uri.Port, path).Uri);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The address of a collection or of a document.</summary>
    /// <param name="path">What follows <c>/api/v1/</c>.</param>
    /// <param name="query">The parameters, unescaped.</param>
    internal Uri Of(string path, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var address = $"{Name}{Api}/{path}";
        for (var index = 0; index < query.Length; index++)
        {
            var (name, value) = query[index];
            address += $"{(index == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
        }

        return new Uri(address);
    }

    /// <summary>A moment as conditions write it.</summary>
    internal static string Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static TandemException Invalid(string why) => new(
        NightscoutErrors.AddressInvalid,
        TandemErrorKind.InvalidArgument,
        $"The address of the Nightscout site {why}.");
}

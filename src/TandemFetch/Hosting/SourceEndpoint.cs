using TandemFetch.Engine;
using TandemFetch.Engine.Source;

namespace TandemFetch.Hosting;

/// <summary>The server of a session, if it is not Tandem's own.</summary>
internal static class SourceEndpoint
{
    /// <summary>
    /// The specified address, otherwise the one in the environment, otherwise null for Tandem's own servers.
    /// </summary>
    /// <exception cref="TandemException"><see cref="SourceErrors.EndpointInvalid"/>.</exception>
    public static Uri? Find(string? given)
    {
        var text = given ?? Environment.GetEnvironmentVariable(SourceEnvironment.Endpoint);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
            ? address
            : throw new TandemException(
                SourceErrors.EndpointInvalid,
                TandemErrorKind.InvalidArgument,
                "The endpoint must be a complete address, such as http://127.0.0.1:5080. "
                + $"It comes from -Endpoint or $env:{SourceEnvironment.Endpoint}.");
    }
}

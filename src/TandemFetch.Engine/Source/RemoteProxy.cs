using System.Net;

namespace TandemFetch.Engine.Source;

/// <summary>
/// A proxy for all servers but those on this machine: what is sent to loopback, a password included, must not leave it.
/// </summary>
/// <param name="proxy">The proxy for all other servers.</param>
internal sealed class RemoteProxy(IWebProxy proxy) : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
}

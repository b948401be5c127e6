using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TandemFetch.Sandbox;

/// <summary>What the servers of the sandbox run on: one address of the loopback interface, and nothing else.</summary>
internal static class LoopbackHost
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);

    /// <summary>Makes an application.</summary>
    /// <param name="port">Its port; 0 takes a free one.</param>
    /// <param name="configure">Further settings.</param>
    public static WebApplication Create(int port, Action<KestrelServerOptions>? configure = null)
    {
        // The empty builder reads no configuration from the current directory, and watches no files.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
            configure?.Invoke(kestrel);
        });
        return builder.Build();
    }

    /// <summary>Starts an application.</summary>
    /// <returns>The base of all paths, with a trailing slash.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<Uri> StartAsync(WebApplication application, CancellationToken cancellationToken)
    {
        await application.StartAsync(cancellationToken);
        var features = application.Services.GetRequiredService<IServer>().Features;
        return new Uri(features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Ends an application without waiting long for requests in progress.</summary>
    public static async ValueTask EndAsync(WebApplication application)
    {
        using var patience = new CancellationTokenSource(LongestEnd);
        await application.StopAsync(patience.Token);
        await application.DisposeAsync();
    }

    /// <summary>A page of another site must not reach the sandbox under a host name of its own.</summary>
    public static Task RefuseOtherNamesAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is "127.0.0.1" or "localhost" or "[::1]")
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }
}

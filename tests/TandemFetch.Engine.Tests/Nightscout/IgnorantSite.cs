using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>A site that accepts every secret and responds to every request with the same documents of 2020.</summary>
internal sealed class IgnorantSite : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _requests;

    private IgnorantSite(WebApplication application) => _application = application;

    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First());

    public int Requests => _requests;

    public static async Task<IgnorantSite> StartAsync(int documents)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = new IgnorantSite(builder.Build());
        var list = string.Join(',', Enumerable.Range(0, documents).Select(number =>
            $$"""{"_id":"{{number:x24}}","type":"sgv","sgv":100,"date":{{1_577_836_800_000 + (number * 300_000L)}}}"""));
        site._application.Run(context =>
        {
            Interlocked.Increment(ref site._requests);
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Path.Value!.Contains("verifyauth", StringComparison.Ordinal)
                ? """{"status":200,"message":{"message":"OK","canRead":true,"canWrite":true}}"""
                : $"[{list}]");
        });
        await site._application.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}

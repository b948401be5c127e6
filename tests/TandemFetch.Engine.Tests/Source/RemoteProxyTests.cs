using System.Net;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Tests.Source;

/// <summary>What a proxy of the environment may see.</summary>
public sealed class RemoteProxyTests
{
    private static readonly Uri Address = new("http://proxy.example:3128");

    private readonly RemoteProxy _proxy = new(new WebProxy(Address) { BypassList = ["inside\\.example"] });

    [Theory]
    [InlineData("http://127.0.0.1:5080/login")]
    [InlineData("http://localhost/login")]
    [InlineData("http://[::1]:5080/login")]
    public void Nothing_for_this_machine(string server)
    {
        Assert.True(_proxy.IsBypassed(new Uri(server)));
        Assert.Null(_proxy.GetProxy(new Uri(server)));
    }

    [Fact]
    public void Everything_for_other_machines_except_those_that_it_bypasses()
    {
        Assert.Equal(Address, _proxy.GetProxy(new Uri("https://source.example/")));
        Assert.False(_proxy.IsBypassed(new Uri("https://source.example/")));
        Assert.True(_proxy.IsBypassed(new Uri("https://inside.example/")));
    }
}

using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Source;

public sealed class SourceEndpointsTests
{
    [Fact]
    public void Each_region_has_its_own_hosts()
    {
        var us = SourceEndpoints.ForRegion(Regions.US);
        var eu = SourceEndpoints.ForRegion(Regions.EU);

        Assert.Equal("https://tdcservices.tandemdiabetes.com/accounts/api/login", us.Login.AbsoluteUri);
        Assert.Equal("https://sso.tandemdiabetes.com/auth/callback", us.RedirectUri.AbsoluteUri);
        Assert.Equal("https://source.tandemdiabetes.com", us.Origin);
        Assert.Equal("https://tdcservices.eu.tandemdiabetes.com/accounts/api", eu.Issuer);
        Assert.Equal(
            "https://tdcservices.eu.tandemdiabetes.com/accounts/api/.well-known/openid-configuration/jwks", eu.Keys.AbsoluteUri);
        Assert.Equal("https://source.eu.tandemdiabetes.com/authorize/callback", eu.RedirectUri.AbsoluteUri);
        Assert.NotEqual(us.ClientId, eu.ClientId);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://localhost:5080/base/", "http://localhost:5080/base/")]
    [InlineData("https://stand-in.example", "https://stand-in.example/")]
    public void Another_endpoint_carries_all_paths(string endpoint, string expected)
    {
        var us = SourceEndpoints.ForEndpoint(new Uri(endpoint), Regions.US);
        var eu = SourceEndpoints.ForEndpoint(new Uri(endpoint), Regions.EU);

        Assert.Equal(expected, us.LoginPage.AbsoluteUri);
        Assert.Equal(expected, us.SourceBase.AbsoluteUri);
        Assert.Equal($"{expected}accounts/api", us.Issuer);
        Assert.Equal($"{expected}auth/callback", us.RedirectUri.AbsoluteUri);
        Assert.Equal($"{expected}authorize/callback", eu.RedirectUri.AbsoluteUri);
        Assert.Equal(SourceEndpoints.ForRegion(Regions.EU).ClientId, eu.ClientId);
    }

    [Theory]
    [InlineData("http://192.168.1.5:5080")]
    [InlineData("http://example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("https://user:password@example.com")]
    [InlineData("https://example.com/?token=x")]
    [InlineData("relative/path")]
    public void An_endpoint_that_is_not_safe_is_refused(string endpoint)
    {
        var problem = Assert.Throws<TandemException>(
            () => SourceEndpoints.ForEndpoint(new Uri(endpoint, UriKind.RelativeOrAbsolute), Regions.US));

        Assert.Equal(SourceErrors.EndpointInvalid, problem.ErrorId);
        Assert.DoesNotContain("password@", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://sso.tandemdiabetes.com/x", true)]
    [InlineData("https://tdcservices.tandemdiabetes.com/x?y", true)]
    [InlineData("https://SOURCE.tandemdiabetes.com/", true)]
    [InlineData("http://sso.tandemdiabetes.com/x", false)]
    [InlineData("https://sso.tandemdiabetes.com:8443/x", false)]
    [InlineData("https://source.eu.tandemdiabetes.com/", false)]
    [InlineData("https://sso.tandemdiabetes.com.evil.example/", false)]
    [InlineData("https://sso.tandemdiabetes.com@evil.example/", false)]
    [InlineData("https://evil@sso.tandemdiabetes.com/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Only_the_regions_own_hosts_are_own(string address, bool expected) =>
        Assert.Equal(expected, SourceEndpoints.ForRegion(Regions.US).IsOwn(new Uri(address)));
}

namespace TandemFetch.Shell;

/// <summary>A sandbox in this process, and the environment that points a script at it.</summary>
internal sealed class SandboxSession : IAsyncDisposable
{
    private readonly IAsyncDisposable _server;

    private SandboxSession(IAsyncDisposable server) => _server = server;

    /// <summary>Starts a sandbox on a free port and sets the environment for the script.</summary>
    public static Task<SandboxSession> StartAsync(int seed, int days, string timeZone) =>
        throw new NotSupportedException($"The sandbox ({seed}, {days}, {timeZone}) is not in this build.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void PointAt(Uri address, string timeZone)
    {
        Environment.SetEnvironmentVariable("TANDEM_ENDPOINT", address.GetLeftPart(UriPartial.Authority));
        Environment.SetEnvironmentVariable("TANDEM_EMAIL", "sandbox@example.com");
        Environment.SetEnvironmentVariable("TANDEM_PASSWORD", "sandbox");
        Environment.SetEnvironmentVariable("TANDEM_REGION", "US");
        Environment.SetEnvironmentVariable("TANDEM_TIME_ZONE", timeZone);
    }
}

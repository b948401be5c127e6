using TandemFetch.Sandbox;

namespace TandemFetch.Shell;

/// <summary>
/// A sandbox in this process, and the environment variables that connect the module's commands to it.
/// </summary>
internal sealed class SandboxSession : IAsyncDisposable
{
    private readonly SandboxServer _server;
    private readonly DirectoryInfo _configuration;

    private SandboxSession(SandboxServer server, DirectoryInfo configuration)
    {
        _server = server;
        _configuration = configuration;
    }

    /// <summary>Starts a sandbox on a free port and connects the commands of this process to it.</summary>
    /// <exception cref="TimeZoneNotFoundException">The zone does not exist.</exception>
    public static async Task<SandboxSession> StartAsync(
        int seed, int days, string timeZone, DateOnly? endDate, CancellationToken cancellationToken)
    {
        var options = new SandboxOptions
        {
            Seed = seed,
            Days = days,
            TimeZone = timeZone,

            // A log that ends with yesterday stays the same all day, so a second run of a script finds nothing new.
            EndDate = endDate ?? Yesterday(TimeZoneInfo.FindSystemTimeZoneById(timeZone)),
        };
        var server = await SandboxServer.StartAsync(options, cancellationToken);
        var configuration = Directory.CreateTempSubdirectory("tandemfetch-sandbox-");
        PointAt(server.BaseAddress, timeZone, configuration);
        return new SandboxSession(server, configuration);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _configuration.Delete(recursive: true);
    }

    private static DateOnly Yesterday(TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone).DateTime).AddDays(-1);

    private static void PointAt(Uri address, string timeZone, DirectoryInfo configuration)
    {
        // The user's own settings would put the synthetic log into the user's own database.
        Environment.SetEnvironmentVariable("TANDEM_CONFIG", configuration.FullName);
        Environment.SetEnvironmentVariable("TANDEM_ENDPOINT", address.GetLeftPart(UriPartial.Authority));
        Environment.SetEnvironmentVariable("TANDEM_EMAIL", SandboxOptions.Email);
        Environment.SetEnvironmentVariable("TANDEM_PASSWORD", SandboxOptions.Password);
        Environment.SetEnvironmentVariable("TANDEM_REGION", "US");
        Environment.SetEnvironmentVariable("TANDEM_TIME_ZONE", timeZone);
    }
}

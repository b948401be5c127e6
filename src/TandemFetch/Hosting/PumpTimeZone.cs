using TandemFetch.Engine.Source;

namespace TandemFetch.Hosting;

/// <summary>The zone that the pump's clock is set to, as far as that is known without asking anybody.</summary>
internal static class PumpTimeZone
{
    /// <summary>IANA name from the session, else from the credentials file, else from the environment; else null. Never fails.</summary>
    /// <param name="directory">Where <c>sensitive/credentials.toml</c> is looked for; null for nowhere.</param>
    public static string? Find(string? directory) =>
        SourceConnection.Current?.TimeZone ?? CredentialFinder.FindTimeZone(directory);
}

using TandemFetch.Engine.Source;

namespace TandemFetch.Engine;

/// <summary>
/// The folders of the user in which TandemFetch stores its settings and its tokens: <c>TANDEM_CONFIG</c> for both if it
/// is set, otherwise the folders that the operating system intends for them.
/// </summary>
internal static class UserFolder
{
    private const string Name = "TandemFetch";

    /// <summary>
    /// The folder of the settings: under <c>XDG_CONFIG_HOME</c> or <c>~/.config</c>, on macOS under <c>Application
    /// Support</c>, on Windows under <c>AppData\Roaming</c>.
    /// </summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static string OfSettings(Func<string, string?> environment) =>
        Named(environment) ?? Path.Combine(
            OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
                ? Known(Environment.SpecialFolder.ApplicationData)
                : UnixConfiguration(environment),
            Name);

    /// <summary>
    /// The folder of the tokens: under <c>XDG_CONFIG_HOME</c> or <c>~/.config</c>, on Windows under
    /// <c>AppData\Local</c>, which is not copied to other machines.
    /// </summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static string OfTokens(Func<string, string?> environment) =>
        Named(environment) ?? Path.Combine(
            OperatingSystem.IsWindows()
                ? Known(Environment.SpecialFolder.LocalApplicationData)
                : UnixConfiguration(environment),
            Name);

    private static string? Named(Func<string, string?> environment) =>
        environment(SourceEnvironment.ConfigDirectory) is { } named && !string.IsNullOrWhiteSpace(named) ? named : null;

    // XDG requires relative paths to be ignored.
    private static string UnixConfiguration(Func<string, string?> environment) =>
        environment("XDG_CONFIG_HOME") is { } xdg && Path.IsPathRooted(xdg)
            ? xdg
            : Path.Combine(Known(Environment.SpecialFolder.UserProfile), ".config");

    private static string Known(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
}

using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Settings;
using TandemFetch.Engine.Source;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>Settings as they are shown, with the folders under the current location that apply last.</summary>
/// <param name="settings">The user's settings.</param>
/// <param name="paths">The current location.</param>
internal sealed class Configuration(UserSettings settings, PathIntrinsics paths)
{
    private readonly Lazy<CredentialPlace?> _file =
        new(() => CredentialFinder.FindFile(paths.CurrentFileSystemLocation.ProviderPath));

    /// <summary>The failure for a name that is not a setting.</summary>
    public static TandemException Unknown(string name) => new(
        SettingsErrors.Unknown,
        TandemErrorKind.NotFound,
        $"'{name}' is not a setting. The settings are "
        + $"{string.Join(", ", Setting.All.Select(setting => setting.Name))}.",
        name);

    /// <summary>A setting, its value and where the value comes from.</summary>
    /// <exception cref="TandemException">The value in the environment, or the credentials file, cannot be used.
    /// </exception>
    public ConfigurationValue Describe(Setting setting)
    {
        var (value, source) = settings.Find(setting);
        var shown = new ConfigurationValue
        {
            Name = setting.Name,
            Value = value,
            Source = source,
            Place = source switch
            {
                ConfigurationSource.Environment => $"$env:{setting.Variable}",
                ConfigurationSource.Settings => settings.Path,
                _ => null,
            },
            SettingsFile = settings.Path,
        };
        return setting switch
        {
            _ when setting == Setting.Database => Located(shown),
            _ when setting == Setting.TimeZone && value is null => FromFile(shown, _file.Value?.TimeZone),
            _ when setting == Setting.Region && value is null => FromFile(shown, _file.Value?.Region),
            _ => shown,
        };
    }

    private ConfigurationValue Located(ConfigurationValue shown)
    {
        var path = DatabaseCommand.ResolveDatabasePath(null, settings, paths);
        return shown.Source == ConfigurationSource.Default
            ? shown with { Value = path, Source = ConfigurationSource.CurrentLocation, Place = path }
            : shown with { Value = path };
    }

    private ConfigurationValue FromFile(ConfigurationValue shown, string? value) => value is null ? shown : shown with
    {
        Value = value,
        Source = ConfigurationSource.CurrentLocation,
        Place = _file.Value!.Name,
    };
}

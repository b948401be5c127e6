using TandemFetch.Records;

namespace TandemFetch.Engine.Settings;

/// <summary>
/// The user's settings: each from the environment, otherwise from the settings file, otherwise its default.
/// </summary>
public sealed class UserSettings
{
    private const string FileName = "settings.toml";

    private readonly Func<string, string?> _environment;
    private readonly IReadOnlyDictionary<Setting, object> _values;

    private UserSettings(Func<string, string?> environment)
    {
        _environment = environment;
        Path = PathOfUser(environment);
        _values = new SettingsFile(Path).Read();
    }

    /// <summary>The full path of the settings file, which need not exist.</summary>
    public string Path { get; }

    /// <summary>Reads the user's settings.</summary>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    /// <exception cref="TandemException">One of <see cref="SettingsErrors"/>.</exception>
    public static UserSettings Load(Func<string, string?>? environment = null) =>
        new(environment ?? Environment.GetEnvironmentVariable);

    /// <summary>Changes the settings file, and creates it if it does not exist.</summary>
    /// <param name="changes">The new value of each setting, in its canonical form; null removes it.</param>
    /// <exception cref="TandemException">One of <see cref="SettingsErrors"/>.</exception>
    public void Save(IReadOnlyDictionary<Setting, object?> changes) => new SettingsFile(Path).Write(changes);

    /// <summary>The value of a setting and where it comes from.</summary>
    /// <exception cref="TandemException"><see cref="SettingsErrors.Invalid"/>: that in the environment.</exception>
    public (object? Value, ConfigurationSource Source) Find(Setting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (_environment(setting.Variable) is { } text && !string.IsNullOrWhiteSpace(text))
        {
            // A path in the environment may be relative to the current location.
            var value = setting == Setting.Database
                ? text
                : setting.Parse(text, $"the environment variable {setting.Variable}");
            return (value, ConfigurationSource.Environment);
        }

        return InFile(setting) is { } stored
            ? (stored, ConfigurationSource.Settings)
            : (setting.Default, ConfigurationSource.Default);
    }

    /// <summary>The value of a setting, or null if it has neither a value nor a default.</summary>
    /// <exception cref="TandemException"><see cref="SettingsErrors.Invalid"/>.</exception>
    public T? Get<T>(Setting setting) => (T?)Find(setting).Value;

    /// <summary>The value of a setting in the settings file, whatever the environment specifies; otherwise null.
    /// </summary>
    public object? InFile(Setting setting) => _values.GetValueOrDefault(setting);

    private static string PathOfUser(Func<string, string?> environment) =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(UserFolder.OfSettings(environment), FileName));
}

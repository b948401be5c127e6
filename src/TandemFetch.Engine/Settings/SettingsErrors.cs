namespace TandemFetch.Engine.Settings;

/// <summary>Error ids of the user's settings.</summary>
public static class SettingsErrors
{
    /// <summary>The settings file is not TOML.</summary>
    public const string Malformed = "SettingsMalformed";

    /// <summary>The settings file contains a key that is not a setting.</summary>
    public const string Unknown = "SettingUnknown";

    /// <summary>A setting has a value that cannot be used.</summary>
    public const string Invalid = "SettingInvalid";

    /// <summary>The settings file cannot be read.</summary>
    public const string Unreadable = "SettingsUnreadable";

    /// <summary>The settings file cannot be written.</summary>
    public const string NotWritable = "SettingsNotWritable";
}

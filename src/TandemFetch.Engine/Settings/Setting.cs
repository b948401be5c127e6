using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Source;
using TandemFetch.Records;

namespace TandemFetch.Engine.Settings;

/// <summary>
/// A setting of the user: what it is called, what its value means and what applies without it. Everything that
/// enumerates settings (the file, the environment, the commands) goes by <see cref="All"/>.
/// </summary>
public sealed class Setting
{
    private readonly Func<string, object?> _parse;

    private Setting(string name, string key, string form, Func<string, object?> parse, object? standard = null)
    {
        Name = name;
        Key = key;
        Form = form;
        _parse = parse;
        Default = standard;
    }

    /// <summary>The DuckDB file.</summary>
    public static Setting Database { get; } = new(
        nameof(Database),
        "database",
        "the full path of the DuckDB file",
        path => Path.IsPathFullyQualified(path) || path.StartsWith('~') ? path : null);

    /// <summary>The zone that the pump's clock is set to.</summary>
    public static Setting TimeZone { get; } = new(
        nameof(TimeZone), "time_zone", "an IANA name such as Europe/Berlin", name => ZoneRules.Find(name).Name);

    /// <summary>The region of the account.</summary>
    public static Setting Region { get; } = new(
        nameof(Region), "region", TandemRegion.Choices, name => TandemRegion.Parse(name, "the settings").Name);

    /// <summary>The unit in which glucose is shown.</summary>
    public static Setting GlucoseUnit { get; } = new(
        nameof(GlucoseUnit), "glucose_unit", "mg/dL or mmol/L", ParseUnit, Records.GlucoseUnit.MgDl);

    /// <summary>The secret that contains the e-mail address and the password of the account.</summary>
    public static Setting CredentialSecret { get; } = new(
        nameof(CredentialSecret), "credential_secret", "the name of a secret", name => name);

    /// <summary>Whose ranges and goals a report uses.</summary>
    public static Setting ReportPreset { get; } = new(
        nameof(ReportPreset),
        "report_preset",
        string.Join(" or ", Enum.GetNames<GlucosePreset>()),
        name => ParseName<GlucosePreset>(name),
        GlucosePreset.Standard);

    /// <summary>The heading of a report.</summary>
    public static Setting ReportTitle { get; } = new(nameof(ReportTitle), "report_title", "a heading", title => title);

    /// <summary>Whether a report is without daily pages.</summary>
    public static Setting ReportNoDaily { get; } = Switch(nameof(ReportNoDaily), "report_no_daily");

    /// <summary>Whether a report is a PDF.</summary>
    public static Setting ReportAsPdf { get; } = Switch(nameof(ReportAsPdf), "report_as_pdf");

    /// <summary>Whether a report is opened.</summary>
    public static Setting ReportOpen { get; } = Switch(nameof(ReportOpen), "report_open");

    /// <summary>The address of the user's Nightscout site.</summary>
    public static Setting NightscoutUri { get; } = new(
        nameof(NightscoutUri),
        "nightscout_uri",
        "a complete address without a secret, such as https://my.site.example",
        address => Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri is { Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "" } ? address : null);

    /// <summary>The secret that contains the API secret or an access token of the Nightscout site.</summary>
    public static Setting NightscoutCredentialSecret { get; } = new(
        nameof(NightscoutCredentialSecret), "nightscout_credential_secret", "the name of a secret", name => name);

    /// <summary>All settings.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Database, TimeZone, Region, GlucoseUnit, CredentialSecret,
        ReportPreset, ReportTitle, ReportNoDaily, ReportAsPdf, ReportOpen,
        NightscoutUri, NightscoutCredentialSecret,
    ];

    /// <summary>Its name, and that of the parameter of <c>Set-TandemConfiguration</c>.</summary>
    public string Name { get; }

    /// <summary>Its key in the settings file.</summary>
    public string Key { get; }

    /// <summary>The environment variable that takes precedence over the settings file.</summary>
    public string Variable => $"TANDEM_{Key.ToUpperInvariant()}";

    /// <summary>The value that applies without it, if there is one.</summary>
    public object? Default { get; }

    /// <summary>Describes the values that it can have.</summary>
    internal string Form { get; }

    /// <summary>A value in its canonical form.</summary>
    /// <param name="text">The value as it was written.</param>
    /// <param name="place">Where it was written, for the message.</param>
    /// <exception cref="TandemException"><see cref="SettingsErrors.Invalid"/>.</exception>
    public object Parse(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        object? value = null;
        TandemException? cause = null;
        try
        {
            value = string.IsNullOrWhiteSpace(text) ? null : _parse(text.Trim());
        }
        catch (TandemException unknown)
        {
            cause = unknown;
        }

        return value ?? throw new TandemException(
            SettingsErrors.Invalid,
            TandemErrorKind.InvalidArgument,
            $"The setting {Name} cannot be used, see {place}: it must be {Form}.",
            place,
            cause);
    }

    private static Setting Switch(string name, string key) =>
        new(name, key, "true or false", text => bool.TryParse(text, out var value) ? value : null, false);

    private static object? ParseUnit(string text) =>
        Enum.GetValues<GlucoseUnit>()
            .Where(unit => GlucoseUnits.Name(unit).Equals(text, StringComparison.OrdinalIgnoreCase))
            .Cast<object>().FirstOrDefault() ?? ParseName<GlucoseUnit>(text);

    // Enum.Parse would accept numbers.
    private static object? ParseName<T>(string text)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            .Cast<object>().FirstOrDefault();
}

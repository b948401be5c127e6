using System.Management.Automation;
using TandemFetch.Engine.Settings;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Changes the user's settings, which apply in every folder. <c>$null</c> removes a setting; what is not specified
/// stays as it is.
/// </summary>
[Cmdlet(VerbsCommon.Set, "TandemConfiguration", SupportsShouldProcess = true)]
[OutputType(typeof(ConfigurationValue))]
public sealed class SetTandemConfigurationCommand : TandemCommand
{
    /// <summary>Path of the DuckDB file. A relative path is stored in full.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Database { get; set; }

    /// <summary>IANA name of the zone that the pump's clock is set to, such as <c>America/New_York</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [AllowNull]
    [AllowEmptyString]
    public string? TimeZone { get; set; }

    /// <summary>The region of the account.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [AllowNull]
    [AllowEmptyString]
    public string? Region { get; set; }

    /// <summary>The unit in which the module's views, the chart and the report show glucose.</summary>
    [Parameter]
    [AllowNull]
    public GlucoseUnit? GlucoseUnit { get; set; }

    /// <summary>
    /// Name of the secret with the e-mail address and password of the account, which is read through the module
    /// Microsoft.PowerShell.SecretManagement.
    /// </summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? CredentialSecret { get; set; }

    /// <summary>Default of <c>New-TandemReport -Preset</c>.</summary>
    [Parameter]
    [AllowNull]
    public GlucosePreset? ReportPreset { get; set; }

    /// <summary>Default of <c>New-TandemReport -Title</c>.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? ReportTitle { get; set; }

    /// <summary>Default of <c>New-TandemReport -NoDaily</c>.</summary>
    [Parameter]
    [AllowNull]
    public bool? ReportNoDaily { get; set; }

    /// <summary>Default of <c>New-TandemReport -AsPdf</c>.</summary>
    [Parameter]
    [AllowNull]
    public bool? ReportAsPdf { get; set; }

    /// <summary>Default of <c>New-TandemReport -Open</c>.</summary>
    [Parameter]
    [AllowNull]
    public bool? ReportOpen { get; set; }

    /// <summary>Default of <c>Publish-TandemNightscout -Uri</c>.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? NightscoutUri { get; set; }

    /// <summary>
    /// Name of the secret with the API secret or an access token of the Nightscout site, which is read through the
    /// module Microsoft.PowerShell.SecretManagement.
    /// </summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? NightscoutCredentialSecret { get; set; }

    /// <summary>Emits the settings that were changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var changes = Setting.All
            .Where(setting => MyInvocation.BoundParameters.ContainsKey(setting.Name))
            .ToDictionary(setting => setting, NewValue);
        var approved = changes.Where(change => ShouldProcess(Settings.Path, Describe(change.Key, change.Value)))
            .ToDictionary();
        if (approved.Count > 0)
        {
            Settings.Save(approved);
            GlucoseDisplay.Refresh();
        }

        if (PassThru)
        {
            var configuration = new Configuration(UserSettings.Load(), SessionState.Path);
            WriteObject(approved.Keys.Select(configuration.Describe), enumerateCollection: true);
        }
    }

    private static string Describe(Setting setting, object? value) =>
        value is null ? $"Remove {setting.Key}" : $"Set {setting.Key} to {value}";

    private object? NewValue(Setting setting)
    {
        var text = LanguagePrimitives.ConvertTo<string>(MyInvocation.BoundParameters[setting.Name]);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return setting.Parse(
            setting == Setting.Database ? DatabaseCommand.ResolvePath(text, SessionState.Path) : text,
            $"-{setting.Name}");
    }
}

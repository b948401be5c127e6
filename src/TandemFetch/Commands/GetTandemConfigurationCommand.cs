using System.Management.Automation;
using TandemFetch.Engine.Settings;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets the settings that apply, and where each of them comes from.</summary>
[Cmdlet(VerbsCommon.Get, "TandemConfiguration")]
[OutputType(typeof(ConfigurationValue))]
public sealed class GetTandemConfigurationCommand : TandemCommand
{
    /// <summary>Names of settings, with wildcards; all settings by default.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SettingCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        var configuration = new Configuration(Settings, SessionState.Path);
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, NameWildcards);
            var matching = Setting.All.Where(setting => pattern.IsMatch(setting.Name)).ToList();
            if (matching.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(Configuration.Unknown(name));
            }

            WriteObject(matching.Select(configuration.Describe), enumerateCollection: true);
        }
    }
}

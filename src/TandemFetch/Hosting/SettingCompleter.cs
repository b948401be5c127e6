using System.Collections;
using TandemFetch.Engine.Settings;

namespace TandemFetch.Hosting;

/// <summary>Offers the names of the settings.</summary>
internal sealed class SettingCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters) =>
        Setting.All.Select(setting => (setting.Name, (string?)$"{setting.Key}, $env:{setting.Variable}"));
}

using System.Globalization;
using System.Text.RegularExpressions;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>Alerts in plain words: <c>LOW_INSULIN_ALERT</c> of the log is "Low insulin".</summary>
internal static partial class AlertText
{
    private const string SensorPrefix = "CGM ";

    /// <summary>Names of sensor alerts whose words alone do not say what happened.</summary>
    private static readonly Dictionary<string, string> SensorAlerts = new()
    {
        ["CGM High"] = "High glucose",
        ["CGM Low"] = "Low glucose",
        ["CGM Fixed Low"] = "Low glucose at the fixed limit",
        ["CGM Urgent Low Soon"] = "Urgent low glucose soon",
        ["CGM Rise"] = "Rising glucose",
        ["CGM Rapid Rise"] = "Rapidly rising glucose",
        ["CGM Fall"] = "Falling glucose",
        ["CGM Rapid Fall"] = "Rapidly falling glucose",
        ["CGM Out Of Range"] = "Sensor out of range",
        ["CGM Temperature"] = "Sensor temperature",
        ["CGM Unavailable"] = "Sensor unavailable",
        ["Pump Bluetooth Error"] = "Pump Bluetooth error",
    };

    /// <summary>Words of the log that are not written in lower case, or stand for another word.</summary>
    private static readonly Dictionary<string, string> Words = new()
    {
        ["AP"] = "AP",
        ["ARM"] = "ARM",
        ["BASAL-IQ"] = "Basal-IQ",
        ["BLE"] = "Bluetooth",
        ["BLUETOOTH"] = "Bluetooth",
        ["CGM"] = "CGM",
        ["CONTROL-IQ"] = "Control-IQ",
        ["CPU"] = "CPU",
        ["ID"] = "ID",
        ["IIDM"] = "IIDM",
        ["LIBRE"] = "Libre",
        ["MAX"] = "maximum",
        ["MIN"] = "minimum",
        ["MSP"] = "MSP",
        ["NVM"] = "NVM",
        ["OBE"] = "OBE",
        ["P2"] = "P2",
        ["STK"] = "STK",
        ["USB"] = "USB",
    };

    /// <summary>The name of an alert.</summary>
    /// <param name="alert">The alert; one without a name is called by its number.</param>
    public static string NameOf(Alert alert) => alert.Name switch
    {
        null or "" => KindOf(alert),
        var number when number.All(char.IsAsciiDigit) => $"{KindOf(alert)} {number}",
        var name when SensorAlerts.TryGetValue(name, out var known) => known,
        var name when name.StartsWith(SensorPrefix, StringComparison.Ordinal) =>
            Sentence(name[SensorPrefix.Length..].Split(' ')),
        var name when LogName().IsMatch(name) => Sentence(WordsOf(name)),
        var name => name,
    };

    /// <summary>The name of an alert, and of what kind it is where the name does not say so.</summary>
    /// <param name="alert">The alert.</param>
    public static string Describe(Alert alert)
    {
        var (kind, name) = (KindOf(alert), NameOf(alert));
        return name.Contains(kind, StringComparison.OrdinalIgnoreCase) ? name : $"{kind}: {name}";
    }

    private static string KindOf(Alert alert) => alert.Kind == "CgmAlert" ? "Sensor alert" : alert.Kind;

    // The pump numbers alerts of one name; the number at the end says nothing more.
    private static string[] WordsOf(string name)
    {
        var words = NumberedKind().Replace(name, "$1").Replace("_IQ", "-IQ", StringComparison.Ordinal).Split('_');
        return words is [.., "ALERT"] and { Length: > 2 } ? words[..^1] : words;
    }

    private static string Sentence(IEnumerable<string> words)
    {
        var text = string.Join(' ', words.Select(word =>
            Words.GetValueOrDefault(word) ?? TrailingNumber().Replace(word, " $1").ToLowerInvariant()));
        return text is [var first, .. var rest] ? char.ToUpper(first, CultureInfo.InvariantCulture) + rest : text;
    }

    [GeneratedRegex("^[A-Z0-9_]+$")]
    private static partial Regex LogName();

    [GeneratedRegex("(_(?:ALERT|ALARM))[0-9]+$")]
    private static partial Regex NumberedKind();

    [GeneratedRegex("(?<=[A-Za-z])([0-9]+)$")]
    private static partial Regex TrailingNumber();
}

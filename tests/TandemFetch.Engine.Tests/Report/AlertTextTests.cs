using System.Text.RegularExpressions;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Report;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Report;

/// <summary>Alerts in the words of a report.</summary>
public sealed partial class AlertTextTests
{
    private static readonly string[] AlertProperties = ["alertId", "alarmId", "malfId", "dalertId"];

    [Theory]
    [InlineData("Alert", "LOW_INSULIN_ALERT", "Low insulin", "Alert: Low insulin")]
    [InlineData("Alert", "LOW_POWER_ALERT2", "Low power", "Alert: Low power")]
    [InlineData("Alert", "SENSOR_ALERT", "Sensor alert", "Sensor alert")]
    [InlineData("Alert", "BLE_PAIRING_TIMEOUT", "Bluetooth pairing timeout", "Alert: Bluetooth pairing timeout")]
    [InlineData("Alert", "CONTROL_IQ_LOW", "Control-IQ low", "Alert: Control-IQ low")]
    [InlineData("Alert", "CGM_ERROR2", "CGM error 2", "Alert: CGM error 2")]
    [InlineData("Alarm", "CARTRIDGE_ALARM10", "Cartridge alarm", "Cartridge alarm")]
    [InlineData("Malfunction", "P2_MALFUNCTION", "P2 malfunction", "P2 malfunction")]
    [InlineData("CgmAlert", "CGM High", "High glucose", "Sensor alert: High glucose")]
    [InlineData("CgmAlert", "CGM Out Of Range", "Sensor out of range", "Sensor alert: Sensor out of range")]
    [InlineData("CgmAlert", "CGM Check Sensor", "Check sensor", "Sensor alert: Check sensor")]
    [InlineData("CgmAlert", "Pump Bluetooth Error", "Pump Bluetooth error", "Sensor alert: Pump Bluetooth error")]
    [InlineData("CgmAlert", "140", "Sensor alert 140", "Sensor alert 140")]
    [InlineData("Malfunction", null, "Malfunction", "Malfunction")]
    public void An_alert_has_a_name_in_plain_words(string kind, string? logName, string name, string description)
    {
        var alert = new Alert { Kind = kind, Name = logName };

        Assert.Equal(name, AlertText.NameOf(alert));
        Assert.Equal(description, AlertText.Describe(alert));
    }

    [Fact]
    public void No_alert_of_the_catalogue_is_shown_under_its_log_name()
    {
        var labels = EventCatalog.Default.Events.SelectMany(known => known.Properties)
            .Where(property => AlertProperties.Contains(property.Name))
            .SelectMany(property => property.Codes!.Values).Distinct().ToList();

        Assert.True(labels.Count > 150);
        Assert.All(labels, label =>
        {
            var name = AlertText.NameOf(new Alert { Kind = "Alert", Name = label });
            Assert.Matches(PlainWords(), name);
        });
    }

    // Capitals only at the beginning, in names and in abbreviations.
    [GeneratedRegex(
        "^([A-Z][a-z]+|[A-Z0-9]{2,4}|Control-IQ|Basal-IQ)( ([a-z]+|[A-Z0-9]{1,4}|Bluetooth|Libre))*$")]
    private static partial Regex PlainWords();
}

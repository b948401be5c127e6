using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Catalog;

/// <summary>Stored values and their decoded form.</summary>
public sealed class EventDecoderTests
{
    [Theory]
    [InlineData(256, """{"rate":127}""", """{"rate":null}""")]
    [InlineData(399, """{"rate":-128}""", """{"rate":null}""")]
    [InlineData(372, """{"rate":127}""", """{"rate":null}""")]
    [InlineData(480, """{"rate":-128}""", """{"rate":null}""")]
    [InlineData(256, """{"rate":-12}""", """{"rate":-1.2}""")]
    [InlineData(
        477,
        """{"sessionDuration":0,"sessionDurationSecs":1209600}""",
        """{"sessionDuration":null,"sessionDurationSecs":1209600}""")]
    [InlineData(
        477,
        """{"sessionStartTime":1773077953,"sessionDurationSecs":0}""",
        """{"sessionStartTime":1773077953,"sessionDurationSecs":null}""")]
    [InlineData(
        447,
        """{"sessionStartTime":4294967295,"sessionStopTime":0}""",
        """{"sessionStartTime":null,"sessionStopTime":null}""")]
    [InlineData(
        406,
        """{"sessionJoinTime":4294967295,"sessionDuration":14}""",
        """{"sessionJoinTime":null,"sessionDuration":14}""")]
    [InlineData(64, """{"carbRatio":0,"bg":0}""", """{"carbRatio":null,"bg":null}""")]
    public void Values_that_are_no_values_become_null(int code, string stored, string expected) =>
        Assert.Equal(expected, Decode(code, stored));

    [Theory]
    [InlineData(65, """{"options":8}""", """{"options":"BLE with AID Recommendation Bolus"}""")]
    [InlineData(
        280,
        """{"bolusSource":11,"bolusType":[0,6]}""",
        """{"bolusSource":"BLE with AID Recommendation","bolusType":["Now","Queued"]}""")]
    [InlineData(372, """{"algorithmState":106}""", """{"algorithmState":"Other DQ State"}""")]
    [InlineData(372, """{"algorithmState":107}""", """{"algorithmState":"EGV Unusable Condition"}""")]
    [InlineData(
        214,
        """{"sessionStopReason":24}""",
        """{"sessionStopReason":"CGMBLES_REASON_INVALID_START_SESSION"}""")]
    [InlineData(313, """{"sensorType":4}""", """{"sensorType":"CGM_TYPE_LIBRE3"}""")]
    [InlineData(
        460,
        """{"sensorType":4,"dalertId":31}""",
        """{"sensorType":"CGM_TYPE_LIBRE3","dalertId":"CGM Grace Period Start"}""")]
    [InlineData(6, """{"malfId":7}""", """{"malfId":"DISPLAY_MALFUNCTION"}""")]
    [InlineData(28, """{"alarmId":7}""", """{"alarmId":"AUTO_OFF_ALARM"}""")]
    [InlineData(4, """{"alertId":50}""", """{"alertId":"CONTROL_IQ_HIGH"}""")]
    [InlineData(
        81,
        """{"batteryChargePercent":70,"finalEventForDay":1}""",
        """{"batteryChargePercent":70,"finalEventForDay":"TRUE"}""")]
    [InlineData(
        558,
        """{"doseSource":4,"syncDoseSizeRequested":0.12}""",
        """{"doseSource":"Algorithm and Temp Control Rate","syncDoseSizeRequested":0.12}""")]
    [InlineData(564, """{"stopReason":3,"timeLeft":0}""", """{"stopReason":"Completed","timeLeft":0}""")]
    [InlineData(566, """{"sleepEatSegmentType0":5}""", """{"sleepEatSegmentType0":"Sleep"}""")]
    public void Numbers_with_a_meaning_get_its_label(int code, string stored, string expected) =>
        Assert.Equal(expected, Decode(code, stored));

    [Fact]
    public void Every_labelled_number_of_every_entry_is_decoded_to_its_own_label()
    {
        foreach (var known in EventCatalog.Default.Events)
        {
            foreach (var property in known.Properties.Where(property => property.Codes is not null))
            {
                foreach (var (number, label) in property.Codes!.Where(code => !property.None.Contains(code.Key)))
                {
                    var stored = $$"""{"{{property.Name}}":{{number}}}""";
                    using var decoded = JsonDocument.Parse(Decode(known.Code, stored));
                    Assert.Equal(label, decoded.RootElement.GetProperty(property.Name).GetString());
                }
            }
        }
    }

    [Fact]
    public void Captured_entries_have_names_and_labels_throughout()
    {
        Assert.SkipWhen(CapturedEntries.AreMissing, CapturedEntries.SkipReason);
        var page = CapturedEntries.Page();

        AssertLabelled(page["events"]!.AsArray().Concat(page["clockChanges"]!.AsArray()));
    }

    [Theory]
    [InlineData(SensorKind.DexcomG7, ControlAlgorithm.ControlIQ)]
    [InlineData(SensorKind.DexcomG6, ControlAlgorithm.BasalIQ)]
    [InlineData(SensorKind.Libre2, ControlAlgorithm.ControlIQ)]
    [InlineData(SensorKind.Libre3, ControlAlgorithm.ControlIQ)]
    [InlineData(SensorKind.DexcomG7, ControlAlgorithm.SyncDose)]
    public void Entries_of_a_synthetic_pump_have_names_and_labels_throughout(
        SensorKind sensor, ControlAlgorithm algorithm)
    {
        var end = new DateTimeOffset(2026, 6, 1, 3, 50, 0, TimeSpan.Zero);
        var pump = new SyntheticPump(new SyntheticPumpOptions
        {
            Seed = 3,
            Start = end.AddDays(-120),
            End = end,
            TimeZone = TimeZoneInfo.Utc,
            Sensor = sensor,
            Algorithm = algorithm,
            Sparse = true,
        });

        // The pump deliberately also writes what no catalogue has: code 9999, alert 77, malfunctions from 27.
        foreach (var page in pump.Pages())
        {
            AssertLabelled(JsonNode.Parse(page.Json.Span)!["events"]!.AsArray(), (code, _, number) =>
                code == 9999 || (code is 4 or 26 or 27 && number == 77) || (code is 6 or 7 && number > 26));
        }
    }

    private static void AssertLabelled(IEnumerable<JsonNode?> entries, Func<int, string, long, bool>? excused = null)
    {
        foreach (var entry in entries)
        {
            var code = entry!["eventCode"]!.GetValue<int>();
            var known = EventCatalog.Default.Find(code);
            Assert.True(
                !known.Name.StartsWith("UNKNOWN_", StringComparison.Ordinal)
                    || excused?.Invoke(code, known.Name, 0) == true,
                known.Name);
            var stored = entry["eventProperties"]!.AsObject();
            var decoded = JsonNode.Parse(Decode(code, stored.ToJsonString()))!.AsObject();
            foreach (var property in known.Properties.Where(property => stored.ContainsKey(property.Name)))
            {
                var values = property.Bits is not null && decoded[property.Name] is JsonArray bits ? [.. bits]
                    : property.Codes is not null ? [decoded[property.Name]]
                    : Array.Empty<JsonNode?>();
                Assert.All(values, value => Assert.True(
                    value is null || value.GetValueKind() == JsonValueKind.String
                        || excused?.Invoke(code, property.Name, value.GetValue<long>()) == true,
                    $"{known.Name}.{property.Name}: {value}"));
            }
        }
    }

    private static string Decode(int code, string stored) =>
        Encoding.UTF8.GetString(new EventDecoder(EventCatalog.Default).Decode(code, Encoding.UTF8.GetBytes(stored)));
}

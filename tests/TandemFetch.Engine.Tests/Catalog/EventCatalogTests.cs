using TandemFetch.Engine.Catalog;

namespace TandemFetch.Engine.Tests.Catalog;

/// <summary>What must hold for every kind of entry and every property in the catalogue.</summary>
public sealed class EventCatalogTests
{
    private static readonly string[] StoredKinds =
        ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "unknown"];

    private static IEnumerable<(EventDefinition Event, PropertyDefinition Property)> Properties =>
        EventCatalog.Default.Events.SelectMany(known => known.Properties.Select(property => (known, property)));

    [Fact]
    public void Every_code_is_listed_once_and_has_a_name_of_its_own()
    {
        var events = EventCatalog.Default.Events.ToList();

        Assert.Equal(events.Count, events.Select(known => known.Code).Distinct().Count());
        Assert.Equal(events.Count, events.Select(known => known.Name).Distinct().Count());
        Assert.All(events, known => Assert.False(string.IsNullOrWhiteSpace(known.Title), $"{known.Code} has no title"));
        Assert.Equal(EventCatalog.Default.Codes, events.Select(known => known.Code));
    }

    [Fact]
    public void Names_are_unknown_only_where_nobody_has_published_them()
    {
        var unnamed = EventCatalog.Default.Events
            .Where(known => known.Name.StartsWith("UNKNOWN_", StringComparison.Ordinal));

        Assert.Equal([34, 35, 67, 82, 93, 97, 151, 160, 211], unnamed.Select(known => known.Code));
    }

    [Fact]
    public void Properties_of_an_entry_are_named_once_and_stored_in_a_known_way()
    {
        Assert.All(EventCatalog.Default.Events, known => Assert.Equal(
            known.Properties.Count, known.Properties.Select(property => property.Name).Distinct().Count()));
        Assert.All(Properties, one => Assert.Contains(one.Property.Stored, StoredKinds));
    }

    [Fact]
    public void Labels_of_a_property_are_distinct_so_that_none_hides_which_number_it_stands_for()
    {
        foreach (var (known, property) in Properties)
        {
            foreach (var labels in new[] { property.Codes, property.Bits }.OfType<IReadOnlyDictionary<int, string>>())
            {
                var repeated = labels.Values.GroupBy(label => label).Where(group => group.Count() > 1)
                    .Select(group => group.Key);
                Assert.True(!repeated.Any(), $"{known.Name}.{property.Name}: {string.Join(", ", repeated)}");
                Assert.All(labels.Values, label => Assert.Equal(label.Trim(), label));
            }
        }
    }

    [Fact]
    public void A_number_and_a_mask_fit_the_width_that_they_are_stored_in()
    {
        var unsigned = Properties.Where(one => one.Property.Stored.StartsWith("uint", StringComparison.Ordinal));
        foreach (var (known, property) in unsigned)
        {
            var width = int.Parse(property.Stored.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture);
            var name = $"{known.Name}.{property.Name}";
            Assert.All(property.Codes?.Keys ?? [], code => Assert.True(code >= 0 && code < 1L << width, name));
            Assert.All(property.Bits?.Keys ?? [], bit => Assert.True(bit >= 0 && bit < width, name));
            Assert.All(property.None, none => Assert.True(none < 1L << width, name));
        }
    }

    [Theory]
    [InlineData("alertId", 0, 63)]
    [InlineData("alarmId", 0, 37)]
    [InlineData("malfId", 0, 26)]
    [InlineData("dalertId", 0, 32)]
    public void Every_alert_alarm_and_malfunction_has_a_name_wherever_it_occurs(string property, int first, int last)
    {
        var places = Properties.Where(one => one.Property.Name == property).ToList();

        Assert.NotEmpty(places);
        Assert.All(places, one => Assert.Subset(
            one.Property.Codes!.Keys.ToHashSet(), Enumerable.Range(first, last - first + 1).ToHashSet()));
    }

    [Theory]
    [InlineData(57, "LID_IDP_MSG2")]
    [InlineData(69, "LID_IDP")]
    [InlineData(558, "LID_SYNC_DOSE_START")]
    [InlineData(559, "LID_SYNC_DOSE_COMPLETE")]
    [InlineData(562, "LID_ANT_DAILY_STATUS1")]
    [InlineData(563, "LID_ANT_DAILY_STATUS2")]
    [InlineData(564, "LID_TEMP_ADJUSTMENT_COMPLETED")]
    [InlineData(565, "LID_TEMP_ADJUSTMENT_ACTIVATED")]
    [InlineData(566, "LID_ANT_SLEEP_EAT_SCHED_SETTING_CHANGE")]
    public void Codes_of_new_firmware_are_known_with_their_properties(int code, string name)
    {
        var known = EventCatalog.Default.Find(code);

        Assert.Equal(name, known.Name);
        Assert.NotEmpty(known.Properties);
    }
}

using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json;

namespace TandemFetch.Module.Tests.Views;

/// <summary>
/// Every property of every record, as <c>ConvertTo-Csv</c>, <c>ConvertTo-Json</c> and scripts see it.
/// </summary>
public sealed class RecordTextTests(ViewTests.Shell shell) : IClassFixture<ViewTests.Shell>
{
    public static TheoryData<string> Types => [.. WidestRecords.All.Select(record => record.GetType().Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void No_cell_of_a_CSV_file_is_the_name_of_a_type(string type)
    {
        var cells = PropertiesOf(Run(type, "$Record | ConvertTo-Csv | ConvertFrom-Csv"));

        Assert.NotEmpty(cells);
        Assert.All(cells, cell => Assert.DoesNotMatch(@"System\.|TandemFetch\.|\[\]$", $"{cell.Value}"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Durations_and_days_are_text_in_JSON(string type)
    {
        var record = RecordOf(type);
        var json = JsonDocument.Parse((string)Run(type, "$Record | ConvertTo-Json -Depth 5").BaseObject).RootElement;

        Assert.All(TypedValues(record.GetType()), typed =>
        {
            var text = json.GetProperty(NameOf(typed));
            Assert.Equal(typed.GetValue(record) is null ? JsonValueKind.Null : JsonValueKind.String, text.ValueKind);
        });
        AssertNoParts(json);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Durations_and_days_have_their_types_in_scripts(string type)
    {
        var record = RecordOf(type);
        const string script =
            "$all = @{}; $Record.PSObject.Properties | ForEach-Object { $all[$_.Name] = $_.Value }; $all";
        var values = (IDictionary)Run(type, script).BaseObject;

        Assert.All(
            TypedValues(record.GetType()),
            typed => Assert.Equal(
                typed.GetValue(record), PSObject.AsPSObject(values[NameOf(typed)] ?? DBNull.Value).BaseObject));
    }

    [Fact]
    public void No_record_has_a_property_that_ConvertTo_Json_would_take_apart()
    {
        var properties = WidestRecords.All.SelectMany(record => record.GetType().GetProperties())
            .Where(property => property.PropertyType != typeof(object));

        Assert.DoesNotContain(properties, property =>
            (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsValueType: true } type
            && type != typeof(DateTimeOffset) && type != typeof(DateTime) && type != typeof(decimal)
            && !type.IsPrimitive && !type.IsEnum);
    }

    [Fact]
    public void A_profile_is_readable_as_text()
    {
        var row = Run("Profile", "$Record | ConvertTo-Csv | ConvertFrom-Csv");

        Assert.Equal("08:00:00", row.Properties["InsulinDuration"].Value);
        Assert.Equal(
            "23:30:00 15.000 U/h, 1 U : 100.125 g, 1 U : 600 mg/dL, target 180 mg/dL; "
            + "00:00:00 15.000 U/h, 1 U : 100.125 g, 1 U : 600 mg/dL, target 180 mg/dL",
            row.Properties["Segments"].Value);
        Assert.Equal(
            "23:30:00",
            Run("Profile", "($Record | ConvertTo-Json -Depth 5 | ConvertFrom-Json).Segments[0].Start").BaseObject);
    }

    [Fact]
    public void Durations_and_days_are_calculated_with()
    {
        var values = (object[])Run(
            "UserMode",
            """
            $mode = $Record.Duration
            , @(
                ($mode + $Record.PlannedDuration).TotalDays -gt 13
                $mode -gt '00:10'
                @($Record | Where-Object Duration -gt 1.00:00:00).Count
                ($Record | Measure-Object { $_.Duration.TotalHours } -Sum).Sum -eq $mode.TotalHours)
            """).BaseObject;

        Assert.Equal([true, true, 1, true], values.Select(value => PSObject.AsPSObject(value).BaseObject));
        Assert.Equal(DayOfWeek.Monday, Run("DailyTotal", "$Record.Day.DayOfWeek").BaseObject);
    }

    private static object RecordOf(string type) => WidestRecords.All.Single(record => record.GetType().Name == type);

    private static IEnumerable<PropertyInfo> TypedValues(Type record) =>
        record.GetProperties(BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(property => property.Name.EndsWith("Value", StringComparison.Ordinal));

    private static string NameOf(PropertyInfo typed) => typed.Name[..^"Value".Length];

    private static List<PSPropertyInfo> PropertiesOf(PSObject item) => [.. item.Properties];

    /// <summary>A duration, day or time of day that was written property by property would have these.</summary>
    private static void AssertNoParts(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            Assert.DoesNotContain(json.EnumerateObject(), part => part.Name is "Ticks" or "DayNumber" or "TotalDays");
            Assert.All(json.EnumerateObject(), part => AssertNoParts(part.Value));
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            Assert.All(json.EnumerateArray(), AssertNoParts);
        }
    }

    private PSObject Run(string type, string script) => shell.Run($"param($Record) {script}", RecordOf(type));
}

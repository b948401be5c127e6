using System.Reflection;
using System.Text.Json;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// A column of <c>daily_metrics</c>, which has the name of a property of the measures; times are seconds.
/// </summary>
internal sealed class MetricColumn
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly PropertyInfo _property;
    private readonly string _type;

    /// <param name="name">The column.</param>
    /// <param name="type">Its type.</param>
    public MetricColumn(string name, string type)
    {
        _type = type;
        _property = Find(typeof(GlucoseMetrics), name) ?? Find(typeof(InsulinMetrics), name)
            ?? throw new InvalidOperationException($"No measure is called {name}.");
    }

    /// <summary>Sets the value of a day.</summary>
    /// <param name="rows">The row.</param>
    /// <param name="column">The index of the column.</param>
    /// <param name="glucose">Its glucose; null if there is none.</param>
    /// <param name="insulin">Its insulin; null if there is none.</param>
    public void Set(ColumnAppender rows, int column, GlucoseMetrics? glucose, InsulinMetrics? insulin)
    {
        object? day = _property.DeclaringType == typeof(GlucoseMetrics) ? glucose : insulin;
        switch (day is null ? null : _property.GetValue(day))
        {
            case null:
                rows.SetNull(column);
                break;
            case bool value:
                rows.SetValue(column, value);
                break;
            case TimeSpan value:
                rows.Set(column, (long)value.TotalSeconds);
                break;
            case var value when _type == "BIGINT":
                rows.Set(column, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case var value:
                rows.SetValue(column, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private static PropertyInfo? Find(Type type, string name) =>
        type.GetProperties(Any).FirstOrDefault(property => ColumnOf(property.Name) == name);

    private static string ColumnOf(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(
        property.Replace("TimeValue", "Seconds", StringComparison.Ordinal));
}

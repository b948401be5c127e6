using System.Globalization;

namespace TandemFetch.Engine.OwnTables;

/// <summary>Objects that are to be stored in a table, column by column.</summary>
public sealed class OwnRows
{
    private readonly Dictionary<string, OwnColumn> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<OwnColumn> _order = [];

    /// <summary>The number of objects.</summary>
    public int Count { get; private set; }

    /// <summary>The columns, in the order in which they appeared.</summary>
    internal IReadOnlyList<OwnColumn> Columns => _order;

    /// <summary>Adds an object.</summary>
    /// <param name="properties">Names and values.</param>
    /// <exception cref="TandemException">
    /// <see cref="OwnTableErrors.RowInvalid"/>, <see cref="OwnTableErrors.ValueUnsupported"/>.
    /// </exception>
    public void Add(IEnumerable<KeyValuePair<string, object?>> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var isEmpty = true;
        foreach (var (name, value) in properties)
        {
            isEmpty = false;
            if (!OwnValue.TryConvert(value, out var converted))
            {
                throw new TandemException(
                    OwnTableErrors.ValueUnsupported,
                    TandemErrorKind.InvalidData,
                    $"{Place} has a {value!.GetType().Name} in {name}, and a column holds single values. "
                    + "Nothing was stored. Turn it into text, for example with -join or ConvertTo-Json, or leave it out with Select-Object.",
                    name);
            }

            if (!ColumnOf(name).TrySet(Count, converted))
            {
                throw Invalid($"{Place} has two properties called {name}, which SQL does not tell apart.");
            }
        }

        if (isEmpty)
        {
            throw Invalid($"{Place} has no properties, which would be the columns.");
        }

        Count++;
    }

    /// <summary>The error for an object that cannot be a row.</summary>
    public TandemException Invalid(string why) =>
        new(OwnTableErrors.RowInvalid, TandemErrorKind.InvalidData, why + " Nothing was stored.");

    /// <summary>What the next object is called in messages.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"Object {Count + 1:N0}");

    private OwnColumn ColumnOf(string name)
    {
        if (!_columns.TryGetValue(name, out var column))
        {
            if (string.IsNullOrWhiteSpace(name) || name.Contains('\0', StringComparison.Ordinal))
            {
                throw Invalid($"{Place} has a property without a name.");
            }

            column = new OwnColumn(name);
            _columns.Add(name, column);
            _order.Add(column);
        }

        return column;
    }
}

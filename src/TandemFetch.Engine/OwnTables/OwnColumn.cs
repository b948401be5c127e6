using System.Globalization;

namespace TandemFetch.Engine.OwnTables;

/// <summary>A column of objects that are to be stored.</summary>
/// <param name="name">Its name, as the first object with it spells it.</param>
internal sealed class OwnColumn(string name)
{
    /// <summary>The most digits of an exact number in DuckDB.</summary>
    public const int MostDigits = 38;

    private readonly List<object?> _values = [];

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What its values are, once <see cref="Resolve"/> has determined it.</summary>
    public ColumnKind Kind { get; private set; }

    /// <summary>The number of decimal places of its exact numbers.</summary>
    public int Scale { get; private set; }

    /// <summary>The most digits before the point of its exact numbers.</summary>
    public int Digits { get; private set; }

    /// <summary>The value of a row; null for rows without one.</summary>
    /// <param name="row">The number of the row.</param>
    public object? this[int row] => row < _values.Count ? _values[row] : null;

    /// <summary>Sets the value of a row; rows are set in order.</summary>
    /// <returns>False if the row has a value already.</returns>
    public bool TrySet(int row, object? value)
    {
        if (row < _values.Count)
        {
            return false;
        }

        while (_values.Count < row)
        {
            _values.Add(null);
        }

        _values.Add(value);
        return true;
    }

    /// <summary>
    /// Determines what the values are. Text is a number, a time or a truth value if all text of the column is, as in
    /// what <c>Import-Csv</c> returns; then empty text is nothing.
    /// </summary>
    /// <param name="isText">Whether text stays text, and everything else becomes text.</param>
    /// <param name="isNeverText">
    /// Whether the table has something else in this column, so that empty text is nothing.
    /// </param>
    /// <exception cref="TandemException"><see cref="OwnTableErrors.TypeConflict"/>.</exception>
    public void Resolve(bool isText, bool isNeverText)
    {
        if (isText || !TryParseText(isNeverText))
        {
            MakeText(isText);
            return;
        }

        for (var row = 0; row < _values.Count; row++)
        {
            Kind = ColumnKinds.Join(Kind, ColumnKinds.Of(_values[row])) ?? throw Conflict(row);
        }

        Measure();
    }

    /// <summary>The error for a value that does not fit the others.</summary>
    private TandemException Conflict(int row) => new(
        OwnTableErrors.TypeConflict,
        TandemErrorKind.InvalidData,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Object {row + 1:N0} has {Describe(_values[row])} in {Name}, where others have {Describe(First(row))}. ")
        + $"Nothing was stored. Convert it first, or store the column as text with -TextColumn {Name}.",
        Name);

    private static string Describe(object? value) =>
        value is null ? "nothing" : $"'{OwnValue.AsText(value)}' ({value.GetType().Name})";

    private object? First(int row) => _values.Take(row).FirstOrDefault(value => value is not (null or ""));

    /// <summary>Replaces all text by what it stands for, or none.</summary>
    private bool TryParseText(bool isNeverText)
    {
        var parsed = new Dictionary<int, object?>();
        var kind = ColumnKind.Unknown;
        var hasText = false;
        for (var row = 0; row < _values.Count; row++)
        {
            if (_values[row] is not string text)
            {
                continue;
            }

            hasText = true;
            var value = text.Length == 0 ? null : OwnValue.Parse(text);
            if ((text.Length > 0 && value is null) || ColumnKinds.Join(kind, ColumnKinds.Of(value)) is not { } joined)
            {
                return false;
            }

            kind = joined;
            parsed[row] = value;
        }

        // Nothing but empty text remains what it is.
        var isOnlyText = hasText && !_values.Exists(value => value is not (null or string));
        if (isOnlyText && !isNeverText && kind == ColumnKind.Unknown)
        {
            return false;
        }

        foreach (var (row, value) in parsed)
        {
            _values[row] = value;
        }

        return true;
    }

    /// <summary>Turns all values into text, unless only the user can say that they are.</summary>
    private void MakeText(bool isText)
    {
        Kind = ColumnKind.Text;
        var other = _values.FindIndex(value => value is not (null or string));
        if (other >= 0 && !isText)
        {
            var text = _values.FindIndex(
                value => value is string { Length: > 0 } found && OwnValue.Parse(found) is null);
            throw Conflict(Math.Max(other, text));
        }

        for (var row = Math.Max(other, 0); row < _values.Count; row++)
        {
            _values[row] = _values[row] is { } value ? OwnValue.AsText(value) : null;
        }
    }

    private void Measure()
    {
        if (Kind != ColumnKind.Exact)
        {
            return;
        }

        foreach (var value in _values)
        {
            if (value is decimal number)
            {
                Scale = Math.Max(Scale, number.Scale);
            }

            if (value is not null)
            {
                var whole = decimal.Truncate(Math.Abs(Convert.ToDecimal(value, CultureInfo.InvariantCulture)));
                Digits = Math.Max(Digits, whole.ToString(CultureInfo.InvariantCulture).Length);
            }
        }

        Kind = Digits + Scale > MostDigits ? ColumnKind.Real : Kind;
    }
}

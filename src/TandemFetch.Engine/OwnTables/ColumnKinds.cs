namespace TandemFetch.Engine.OwnTables;

/// <summary>Which values a column can hold together.</summary>
internal static class ColumnKinds
{
    /// <summary>The kind of a value as <see cref="OwnValue.TryConvert"/> returns it.</summary>
    public static ColumnKind Of(object? value) => value switch
    {
        null => ColumnKind.Unknown,
        bool => ColumnKind.Boolean,
        long => ColumnKind.Whole,
        decimal => ColumnKind.Exact,
        double => ColumnKind.Real,
        DateOnly => ColumnKind.Date,
        TimeOnly => ColumnKind.TimeOfDay,
        DateTime => ColumnKind.WallClock,
        DateTimeOffset => ColumnKind.Moment,
        TimeSpan => ColumnKind.Duration,
        _ => ColumnKind.Text,
    };

    /// <summary>The kind of a column of a type; null if it is none that this module creates.</summary>
    /// <param name="type">The type as DuckDB writes it.</param>
    public static ColumnKind? OfType(string type) => type switch
    {
        "VARCHAR" => ColumnKind.Text,
        "BOOLEAN" => ColumnKind.Boolean,
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" => ColumnKind.Whole,
        "FLOAT" or "DOUBLE" => ColumnKind.Real,
        "DATE" => ColumnKind.Date,
        "TIME" => ColumnKind.TimeOfDay,
        "TIMESTAMP" => ColumnKind.WallClock,
        "TIMESTAMP WITH TIME ZONE" => ColumnKind.Moment,
        "INTERVAL" => ColumnKind.Duration,
        _ => type.StartsWith("DECIMAL(", StringComparison.Ordinal) ? ColumnKind.Exact : null,
    };

    /// <summary>The kind that holds the values of both without loss; null if there is none.</summary>
    public static ColumnKind? Join(ColumnKind left, ColumnKind right) => (left, right) switch
    {
        _ when left == right => left,
        (ColumnKind.Unknown, _) => right,
        (_, ColumnKind.Unknown) => left,
        _ when IsNumber(left) && IsNumber(right) => (ColumnKind)Math.Max((int)left, (int)right),
        _ when IsTime(left) && IsTime(right) => (ColumnKind)Math.Max((int)left, (int)right),
        _ => null,
    };

    private static bool IsNumber(ColumnKind kind) => kind is ColumnKind.Whole or ColumnKind.Exact or ColumnKind.Real;

    // A day or a wall clock without a zone is one of the pump's zone.
    private static bool IsTime(ColumnKind kind) => kind is ColumnKind.Date or ColumnKind.WallClock or ColumnKind.Moment;
}

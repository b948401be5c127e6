using System.Collections;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Native;
using LogicalType = DuckDB.NET.Native.NativeMethods.LogicalType;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// A list as a parameter. Its elements have one type in DuckDB, the first of these that fits them all; numbers among
/// texts become text. Nulls fit any type.
/// </summary>
internal static class ListParameter
{
    private static readonly Kind[] Kinds =
    [
        new(item => item is bool, DuckDBType.Boolean),
        new(item => item is ulong, DuckDBType.UnsignedBigInt),
        new(IsSmallInteger, DuckDBType.BigInt, item => Convert.ToInt64(item, CultureInfo.InvariantCulture)),
        new(IsInteger, DuckDBType.HugeInt, item => ToBigInteger(item)),
        new(item => item is decimal || (IsInteger(item) && item is not BigInteger), DuckDBType.Decimal),
        new(item => item is float, DuckDBType.Float),
        new(IsNumber, DuckDBType.Double, item => ToDouble(item)),
        new(item => item is DateTimeOffset or DateTime { Kind: not DateTimeKind.Unspecified }, DuckDBType.TimestampTz),
        new(item => item is DateTime { Kind: DateTimeKind.Unspecified }, DuckDBType.Timestamp),
        new(item => item is DateOnly, DuckDBType.Date),
        new(item => item is TimeOnly, DuckDBType.Time),
        new(item => item is TimeSpan, DuckDBType.Interval),
        new(item => item is Guid, DuckDBType.Uuid),
        new(item => item is byte[], DuckDBType.Blob),
        new(
            item => item is string or char or Enum or bool || IsNumber(item),
            DuckDBType.Varchar,
            item => Convert.ToString(item, CultureInfo.InvariantCulture)!),
    ];

    /// <summary>The list in DuckDB's format.</summary>
    /// <exception cref="TandemException"><see cref="QueryErrors.ParameterUnsupported"/>.</exception>
    public static DuckDBValue ToValue(IEnumerable list, string name)
    {
        var items = list.Cast<object?>().Select(item => item is DBNull ? null : item).ToList();
        var present = items.OfType<object>().ToList();
        if (present.Count == 0)
        {
            // Without a type of its own, a list can be compared with a column of any type.
            using var unknown = LogicalType.DuckDBCreateLogicalType(DuckDBType.SqlNull);
            return Create(unknown, items, item => QueryParameters.ToValue(item, name));
        }

        var kind = Array.Find(Kinds, kind => present.TrueForAll(kind.Fits))
            ?? throw QueryParameters.Unsupported(
                name, $"is a list of {TypesOf(present)} values, which have no type in common");
        if (kind.Type == DuckDBType.Decimal)
        {
            return ToDecimals(items, name);
        }

        using var type = LogicalType.DuckDBCreateLogicalType(kind.Type);
        return Create(type, items, item => QueryParameters.ToValue(item is null ? null : kind.Convert(item), name));
    }

    /// <summary>A list of numbers, all with as many decimal places as the number that has the most.</summary>
    private static DuckDBValue ToDecimals(IEnumerable<object?> items, string name)
    {
        var numbers = items
            .Select(item => item is null ? (decimal?)null : Convert.ToDecimal(item, CultureInfo.InvariantCulture))
            .ToList();
        var scale = numbers.Max(number => number?.Scale ?? 0);
        using var type = LogicalType.DuckDBCreateDecimalType(QueryParameters.DecimalWidth, scale);
        return Create(type, numbers, number => number is { } present
            ? QueryParameters.ToDecimal(present, scale, name)
            : QueryParameters.ToValue(null, name));
    }

    private static DuckDBValue Create<T>(DuckDBLogicalType element, List<T> items, Func<T, DuckDBValue> convert)
    {
        var values = new List<DuckDBValue>(items.Count);
        try
        {
            values.AddRange(items.Select(convert));
            return NativeMethods.Value.DuckDBCreateListValue(element, [.. values], values.Count);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    private static string TypesOf(IEnumerable<object> items) =>
        string.Join(" and ", items.Select(item => item.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    private static bool IsSmallInteger(object item) => item is sbyte or short or int or long or byte or ushort or uint;

    private static bool IsInteger(object item) => IsSmallInteger(item) || item is ulong or BigInteger;

    private static bool IsNumber(object item) => IsInteger(item) || item is decimal or float or double;

    private static BigInteger ToBigInteger(object item) => item switch
    {
        BigInteger number => number,
        ulong number => number,
        _ => Convert.ToInt64(item, CultureInfo.InvariantCulture),
    };

    private static double ToDouble(object item) =>
        item is BigInteger number ? (double)number : Convert.ToDouble(item, CultureInfo.InvariantCulture);

    /// <summary>A type that a list can have.</summary>
    /// <param name="Fits">Whether an element fits it.</param>
    /// <param name="Type">The type in DuckDB.</param>
    /// <param name="Conversion">Converts an element to the .NET type for it; null if it has that already.</param>
    private sealed record Kind(Predicate<object> Fits, DuckDBType Type, Func<object, object>? Conversion = null)
    {
        public object Convert(object item) => Conversion?.Invoke(item) ?? item;
    }
}

using System.Collections;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Native;
using TandemFetch.Engine.Storage;

using Native = DuckDB.NET.Native.NativeMethods.Value;

namespace TandemFetch.Engine.Queries;

/// <summary>The parameters of a prepared statement, by name.</summary>
internal static class QueryParameters
{
    /// <summary>
    /// The names of a statement's parameters, without the <c>$</c>; the name of <c>?</c> is its number.
    /// </summary>
    public static IReadOnlyList<string> NamesOf(DuckDBPreparedStatement statement)
    {
        var names = new string[NativeMethods.PreparedStatements.DuckDBParams(statement)];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = QueryNative.ParameterNameOf(statement, index + 1) ?? (index + 1).ToString(CultureInfo.InvariantCulture);
        }

        return names;
    }

    /// <summary>Gives every parameter of a statement its value.</summary>
    /// <exception cref="TandemException">
    /// <see cref="QueryErrors.ParameterMissing"/>, <see cref="QueryErrors.ParameterUnsupported"/>.
    /// </exception>
    public static void Bind(DuckDBPreparedStatement statement, QueryRequest request)
    {
        var names = NamesOf(statement);
        for (var index = 0; index < names.Count; index++)
        {
            using var value = ToValue(Find(names[index], request), names[index]);
            NativeMethods.PreparedStatements.DuckDBBindValue(statement, index + 1, value);
        }
    }

    private static object? Find(string name, QueryRequest request)
    {
        foreach (var (key, value) in request.Parameters)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return request.MoreParameters?.Invoke(name, out var more) == true
            ? more
            : throw new TandemException(
                QueryErrors.ParameterMissing,
                TandemErrorKind.InvalidArgument,
                $"The query has a parameter ${name} without a value. Use -Parameter @{{ {name} = … }}, or pipe in objects "
                + $"with a property {name}.",
                request.Text);
    }

    private static DuckDBValue ToValue(object? value, string name) => value switch
    {
        null or DBNull => Native.DuckDBCreateNullValue(),
        string text => Native.DuckDBCreateVarchar(text),
        char letter => Native.DuckDBCreateVarchar(letter.ToString()),
        bool truth => Native.DuckDBCreateBool(truth),
        Enum label => Native.DuckDBCreateVarchar(label.ToString()),
        sbyte number => Native.DuckDBCreateInt8(number),
        short number => Native.DuckDBCreateInt16(number),
        int number => Native.DuckDBCreateInt32(number),
        long number => Native.DuckDBCreateInt64(number),
        byte number => Native.DuckDBCreateUInt8(number),
        ushort number => Native.DuckDBCreateUInt16(number),
        uint number => Native.DuckDBCreateUInt32(number),
        ulong number => Native.DuckDBCreateUInt64(number),
        BigInteger number => Native.DuckDBCreateHugeInt(new DuckDBHugeInt(number)),
        float number => Native.DuckDBCreateFloat(number),
        double number => Native.DuckDBCreateDouble(number),
        decimal number => ToDecimal(number),
        DateTime { Kind: DateTimeKind.Unspecified } time => Native.DuckDBCreateTimestamp(Microseconds(time)),
        DateTime time => Native.DuckDBCreateTimestampTz(Microseconds(time.ToUniversalTime())),
        DateTimeOffset time => Native.DuckDBCreateTimestampTz(Microseconds(time.UtcDateTime)),
        DateOnly day => Native.DuckDBCreateDate(new DuckDBDate { Days = day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber }),
        TimeOnly time => Native.DuckDBCreateTime(new DuckDBTime { Micros = time.Ticks / TimeSpan.TicksPerMicrosecond }),
        TimeSpan time => Native.DuckDBCreateInterval(new DuckDBInterval(0, 0, (ulong)(time.Ticks / TimeSpan.TicksPerMicrosecond))),
        Guid id => Native.DuckDBCreateVarchar(id.ToString()),
        byte[] bytes => Native.DuckDBCreateBlob(bytes, bytes.Length),
        IEnumerable list and not IDictionary => ToList(list, name),
        _ => throw new TandemException(
            QueryErrors.ParameterUnsupported,
            TandemErrorKind.InvalidArgument,
            $"The value of parameter ${name} is a {value.GetType().Name}, for which DuckDB has no type. Use text, a number, a date "
            + "or time, a Boolean, bytes, or a list of these.",
            name),
    };

    private static DuckDBTimestampStruct Microseconds(DateTime time) =>
        new() { Micros = UnixTime.Microseconds(time) };

    private static DuckDBValue ToDecimal(decimal number)
    {
        var parts = decimal.GetBits(number);
        var unscaled = (new BigInteger((uint)parts[2]) << 64) + (new BigInteger((uint)parts[1]) << 32) + (uint)parts[0];
        return Native.DuckDBCreateDecimal(new DuckDBDecimal(38, number.Scale, new DuckDBHugeInt(number < 0 ? -unscaled : unscaled)));
    }

    /// <summary>A list has one type: the common type of its elements, otherwise text.</summary>
    private static DuckDBValue ToList(IEnumerable list, string name)
    {
        var items = list.Cast<object?>().Select(item => item is DBNull ? null : item).ToList();
        var (type, convert) = CommonType(items);
        using (type)
        {
            var values = items.Select(item => ToValue(item is null ? null : convert(item), name)).ToArray();
            try
            {
                return Native.DuckDBCreateListValue(type, values, values.Length);
            }
            finally
            {
                Array.ForEach(values, value => value.Dispose());
            }
        }
    }

    private static (DuckDBLogicalType Type, Func<object, object> Convert) CommonType(IReadOnlyList<object?> items)
    {
        if (All<bool>())
        {
            return (Plain(DuckDBType.Boolean), item => item);
        }

        if (items.All(item => item is null or sbyte or short or int or long or byte or ushort or uint))
        {
            return (Plain(DuckDBType.BigInt), item => Convert.ToInt64(item, CultureInfo.InvariantCulture));
        }

        if (items.All(item => item is null or sbyte or short or int or long or byte or ushort or uint or float or double))
        {
            return (Plain(DuckDBType.Double), item => Convert.ToDouble(item, CultureInfo.InvariantCulture));
        }

        if (All<DateTimeOffset>())
        {
            return (Plain(DuckDBType.TimestampTz), item => item);
        }

        return items.All(item => item is null or DateTime { Kind: DateTimeKind.Unspecified })
            ? (Plain(DuckDBType.Timestamp), item => item)
            : (Plain(DuckDBType.Varchar), item => Convert.ToString(item, CultureInfo.InvariantCulture)!);

        bool All<T>() => items.All(item => item is null or T);

        static DuckDBLogicalType Plain(DuckDBType type) => NativeMethods.LogicalType.DuckDBCreateLogicalType(type);
    }
}

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
    /// <summary>The most digits of a DECIMAL.</summary>
    internal const byte DecimalWidth = 38;

    private static readonly BigInteger TooManyDigits = BigInteger.Pow(10, DecimalWidth);

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

    /// <summary>A value in DuckDB's format.</summary>
    internal static DuckDBValue ToValue(object? value, string name) => value switch
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
        decimal number => ToDecimal(number, number.Scale, name),
        DateTime { Kind: DateTimeKind.Unspecified } time => Native.DuckDBCreateTimestamp(Microseconds(time)),
        DateTime time => Native.DuckDBCreateTimestampTz(Microseconds(time.ToUniversalTime())),
        DateTimeOffset time => Native.DuckDBCreateTimestampTz(Microseconds(time.UtcDateTime)),
        DateOnly day => Native.DuckDBCreateDate(new DuckDBDate { Days = day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber }),
        TimeOnly time => Native.DuckDBCreateTime(new DuckDBTime { Micros = time.Ticks / TimeSpan.TicksPerMicrosecond }),
        TimeSpan time => Native.DuckDBCreateInterval(new DuckDBInterval(0, 0, (ulong)(time.Ticks / TimeSpan.TicksPerMicrosecond))),
        Guid id => Native.DuckDBCreateUuid(new DuckDBHugeInt(QueryValues.Number(id))),
        byte[] bytes => Native.DuckDBCreateBlob(bytes, bytes.Length),
        IEnumerable list and not IDictionary => ListParameter.ToValue(list, name),
        _ => throw Unsupported(name, $"is a {value.GetType().Name}, for which DuckDB has no type"),
    };

    private static DuckDBTimestampStruct Microseconds(DateTime time) =>
        new() { Micros = UnixTime.Microseconds(time) };

    /// <summary>The error for a value that cannot be passed.</summary>
    internal static TandemException Unsupported(string name, string why) => new(
        QueryErrors.ParameterUnsupported,
        TandemErrorKind.InvalidArgument,
        $"The value of parameter ${name} {why}. Use text, a number, a date or time, a Boolean, a GUID, bytes, or a "
        + "list of values of one of these kinds.",
        name);

    /// <summary>A number in a column for 38 digits, of which this many are decimal places.</summary>
    internal static DuckDBValue ToDecimal(decimal number, byte scale, string name)
    {
        var parts = decimal.GetBits(number);
        var magnitude = ((BigInteger)(uint)parts[2] << 64) + ((BigInteger)(uint)parts[1] << 32) + (uint)parts[0];
        var unscaled = magnitude * BigInteger.Pow(10, scale - number.Scale);
        return unscaled < TooManyDigits
            ? Native.DuckDBCreateDecimal(
                new DuckDBDecimal(DecimalWidth, scale, new DuckDBHugeInt(number < 0 ? -unscaled : unscaled)))
            : throw Unsupported(name, $"has numbers that together need more than {DecimalWidth} digits");
    }
}

using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace TandemFetch.Engine.OwnTables;

/// <summary>Values of a user's objects.</summary>
internal static partial class OwnValue
{
    private static readonly string[] WallClocks =
    [
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] Moments =
        [.. WallClocks.SelectMany(format => new[] { format + "zzz", format + "'Z'" })];

    /// <summary>
    /// A value in one of the types that <see cref="ColumnKinds.Of"/> knows, otherwise as text; null for null.
    /// </summary>
    /// <param name="value">The value of a property.</param>
    /// <param name="converted">The result.</param>
    /// <returns>False for lists and other objects that are no single value.</returns>
    public static bool TryConvert(object? value, out object? converted)
    {
        converted = value switch
        {
            null or DBNull => null,
            string or bool or long or decimal or double or DateOnly or TimeOnly or DateTimeOffset or TimeSpan => value,
            Enum or char or Uri or Version => value.ToString(),
            sbyte or short or int or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),

            // By way of its shortest text: 0.1 and not 0.10000000149011612.
            float number => double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            ulong number => OfLarge(number),
            BigInteger number => OfLarge(number),

            // Without a kind, it is the time of some clock.
            DateTime { Kind: DateTimeKind.Unspecified } => value,
            DateTime time => new DateTimeOffset(time),
            IFormattable other and ValueType => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value,
        };
        return converted is null or string || ColumnKinds.Of(converted) != ColumnKind.Text;
    }

    /// <summary>What a text stands for, if it stands for a number, a time or a truth value without any loss.</summary>
    public static object? Parse(string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (Whole().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var whole))
        {
            return whole;
        }

        if (Fraction().IsMatch(text) && decimal.TryParse(text, NumberStyles.Number, invariant, out var exact))
        {
            return exact;
        }

        if (Power().IsMatch(text)
            && double.TryParse(text, NumberStyles.Float, invariant, out var real)
            && double.IsFinite(real))
        {
            return real;
        }

        return bool.TryParse(text, out var truth) ? truth
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", invariant, DateTimeStyles.None, out var date) ? date
            : DateTime.TryParseExact(text, WallClocks, invariant, DateTimeStyles.None, out var time) ? time
            : DateTimeOffset.TryParseExact(text, Moments, invariant, DateTimeStyles.AssumeUniversal, out var moment)
                ? moment
            : null;
    }

    /// <summary>A value as text.</summary>
    public static string AsText(object value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static object OfLarge(BigInteger number) =>
        number >= long.MinValue && number <= long.MaxValue ? (long)number
        : BigInteger.Abs(number) <= new BigInteger(decimal.MaxValue) ? (decimal)number
        : number.ToString(CultureInfo.InvariantCulture);

    // A leading zero or plus sign shows that it is not a number but, for example, a code or a telephone number.
    [GeneratedRegex(@"\A-?(?:0|[1-9][0-9]{0,18})\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A-?(?=(?:[0-9]\.?){1,28}\z)(?:0|[1-9][0-9]*)\.[0-9]+\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A-?[0-9](?:\.[0-9]+)?[Ee][+-]?[0-9]+\z")]
    private static partial Regex Power();
}

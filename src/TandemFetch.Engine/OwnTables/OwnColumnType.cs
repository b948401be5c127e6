using System.Globalization;
using System.Text;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.OwnTables;

/// <summary>Stores the values of a column.</summary>
/// <param name="zone">The zone of times without one, if others in the column have one.</param>
internal sealed class OwnColumnType(ZoneOffsets zone)
{
    /// <summary>The type of a column.</summary>
    public static string NameOf(ColumnKind kind, int scale) => kind switch
    {
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Whole => "BIGINT",
        ColumnKind.Exact => $"DECIMAL(38, {scale.ToString(CultureInfo.InvariantCulture)})",
        ColumnKind.Real => "DOUBLE",
        ColumnKind.Date => "DATE",
        ColumnKind.TimeOfDay => "TIME",
        ColumnKind.WallClock => "TIMESTAMP",
        ColumnKind.Moment => "TIMESTAMPTZ",
        ColumnKind.Duration => "INTERVAL",
        _ => "VARCHAR",
    };

    /// <summary>Sets a value of the current row.</summary>
    public void Append(ColumnAppender rows, int place, OwnColumn column, object? value)
    {
        if (value is null)
        {
            rows.SetNull(place);
            return;
        }

        switch (column.Kind)
        {
            case ColumnKind.Boolean:
                rows.SetValue(place, (byte)((bool)value ? 1 : 0));
                break;
            case ColumnKind.Whole:
                rows.Set(place, (long)value);
                break;
            case ColumnKind.Exact:
                rows.SetValue(place, Unscaled(Convert.ToDecimal(value, CultureInfo.InvariantCulture), column.Scale));
                break;
            case ColumnKind.Real:
                rows.SetValue(place, Real(Convert.ToDouble(value, CultureInfo.InvariantCulture)));
                break;
            case ColumnKind.Date:
                rows.Set(place, ((DateOnly)value).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
                break;
            case ColumnKind.TimeOfDay:
                rows.Set(place, ((TimeOnly)value).Ticks / TimeSpan.TicksPerMicrosecond);
                break;
            case ColumnKind.WallClock:
                rows.Set(place, UnixTime.Microseconds(WallClock(value)));
                break;
            case ColumnKind.Moment:
                rows.Set(place, UnixTime.Microseconds(Moment(value)));
                break;
            case ColumnKind.Duration:
                rows.SetValue(place, new Interval(0, 0, ((TimeSpan)value).Ticks / TimeSpan.TicksPerMicrosecond));
                break;
            default:
                rows.Set(place, Encoding.UTF8.GetBytes(OwnValue.AsText(value)));
                break;
        }
    }

    // That of .NET is negative, which DuckDB would show.
    private static double Real(double value) => double.IsNaN(value) ? Math.Abs(value) : value;

    private static DateTime WallClock(object value) =>
        value is DateOnly date ? date.ToDateTime(TimeOnly.MinValue) : (DateTime)value;

    private DateTimeOffset Moment(object value) =>
        value is DateTimeOffset moment ? moment : zone.FirstAt(WallClock(value));

    private static Int128 Unscaled(decimal value, int scale)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var unscaled = new Int128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        for (var place = (int)value.Scale; place < scale; place++)
        {
            unscaled *= 10;
        }

        return decimal.IsNegative(value) ? -unscaled : unscaled;
    }

    /// <summary>A duration as DuckDB stores it.</summary>
    private readonly record struct Interval(int Months, int Days, long Microseconds);
}

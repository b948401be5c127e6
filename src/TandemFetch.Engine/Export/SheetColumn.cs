using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SpreadCheetah;
using SpreadCheetah.Styling;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Export;

/// <summary>Turns a column of a query into cells of a sheet.</summary>
internal sealed class SheetColumn
{
    // Excel calculates with 15 digits; a longer number is written as text, so that none of its digits changes.
    private const long LargestWhole = 999_999_999_999_999;
    private const int MostDigits = 15;

    // Microseconds since 1970.
    private const long FirstOfDotNet = -62_135_596_800_000_000;
    private const long LastOfDotNet = 253_402_300_799_999_999;

    // Excel's first day. A time before it is written as text.
    private static readonly DateTime First = new(1900, 1, 1);

    private readonly Func<ColumnReader, int, StyledCell> _read;

    private SheetColumn(ExportColumn value, double width, Func<ColumnReader, int, StyledCell> read)
    {
        Value = value;
        Width = width;
        _read = read;
    }

    /// <summary>The column of the query, as the cells need it.</summary>
    public ExportColumn Value { get; }

    /// <summary>The width of the column, in characters.</summary>
    public double Width { get; }

    /// <summary>The number of texts that did not fit into a cell.</summary>
    public int CutTexts { get; private set; }

    /// <summary>The cells of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="place">Its place in the query.</param>
    /// <param name="styles">The formats of times.</param>
    public static SheetColumn Of(ExportColumn column, int place, SheetStyles styles)
    {
        const double Usual = 14;
        switch (column.TypeName)
        {
            case "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER":
                return new(As("BIGINT"), Usual, (rows, row) => Whole(rows.Int64(place, row)));
            case "UBIGINT" or "HUGEINT" or "UHUGEINT" or "DECIMAL":
                return new(As("VARCHAR"), Usual, (rows, row) => Exact(rows.Utf8(place, row)));
            case "FLOAT":
                // By way of its shortest text: 0.1 and not 0.10000000149011612.
                return new(As("VARCHAR::DOUBLE"), Usual, (rows, row) => Real(rows.Int64(place, row)));
            case "DOUBLE":
                return new(column, Usual, (rows, row) => Real(rows.Int64(place, row)));
            case "BOOLEAN":
                return new(column, Usual, (rows, row) => new StyledCell(rows.Boolean(place, row), null));
            case "DATE":
                return new(As("TIMESTAMP"), 12, (rows, row) => Time(rows.Int64(place, row), styles.Date, "yyyy-MM-dd"));
            case "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS":
                return new(
                    As("TIMESTAMP"),
                    20,
                    (rows, row) => Time(rows.Int64(place, row), styles.Time, "yyyy-MM-dd HH:mm:ss"));
            default:
                return OfText(As("VARCHAR"), place);
        }

        ExportColumn As(string type) => column with { Sql = $"({column.Sql})::{type}" };
    }

    /// <summary>The cell of a row.</summary>
    /// <param name="rows">The rows of the query.</param>
    /// <param name="place">The place of the column.</param>
    /// <param name="row">The row.</param>
    public StyledCell Read(ColumnReader rows, int place, int row) =>
        rows.IsNull(place, row) ? default : _read(rows, row);

    private static SheetColumn OfText(ExportColumn column, int place)
    {
        SheetColumn? self = null;
        self = new SheetColumn(column, 16, (rows, row) =>
        {
            var text = ExcelText.Of(Encoding.UTF8.GetString(rows.Utf8(place, row)), out var isCut);
            self!.CutTexts += isCut ? 1 : 0;
            return new StyledCell(text, null);
        });
        return self;
    }

    private static StyledCell Whole(long value) => value is >= -LargestWhole and <= LargestWhole
        ? new StyledCell(value, null)
        : new StyledCell(value.ToString(CultureInfo.InvariantCulture), null);

    private static StyledCell Exact(ReadOnlySpan<byte> digits) =>
        Significant(digits) <= MostDigits && Utf8Parser.TryParse(digits, out decimal value, out _)
            ? new StyledCell(value, null)
            : new StyledCell(Encoding.UTF8.GetString(digits), null);

    private static int Significant(ReadOnlySpan<byte> digits)
    {
        var relevant = digits.Contains((byte)'.') ? digits.TrimEnd((byte)'0') : digits;
        relevant = relevant.TrimStart("-0."u8);
        return relevant.Length - (relevant.Contains((byte)'.') ? 1 : 0);
    }

    private static StyledCell Real(long bits)
    {
        var value = BitConverter.Int64BitsToDouble(bits);
        return double.IsFinite(value)
            ? new StyledCell(value, null)
            : new StyledCell(value.ToString(CultureInfo.InvariantCulture), null);
    }

    private static StyledCell Time(long microseconds, StyleId style, string format)
    {
        if (microseconds is < FirstOfDotNet or > LastOfDotNet)
        {
            throw new TandemException(
                QueryErrors.ValueUnsupported,
                TandemErrorKind.InvalidData,
                "A time is outside the years 1 to 9999, or is infinite. Cast it in a query: column::VARCHAR.");
        }

        var time = new DateTime(DateTime.UnixEpoch.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond));
        return time >= First
            ? new StyledCell(time, style)
            : new StyledCell(time.ToString(format, CultureInfo.InvariantCulture), null);
    }
}

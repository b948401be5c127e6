using SpreadCheetah;
using SpreadCheetah.Styling;

namespace TandemFetch.Engine.Export;

/// <summary>The formats of cells in a workbook.</summary>
/// <param name="Heading">Headings.</param>
/// <param name="Date">Dates.</param>
/// <param name="Time">Dates with the time of day.</param>
internal sealed record SheetStyles(StyleId Heading, StyleId Date, StyleId Time)
{
    /// <summary>Adds the formats to a workbook.</summary>
    public static SheetStyles AddTo(Spreadsheet workbook) => new(
        workbook.AddStyle(new Style { Font = { Bold = true } }),
        workbook.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd") }),
        workbook.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss") }));
}

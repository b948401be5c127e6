using System.Globalization;
using SpreadCheetah;
using SpreadCheetah.Worksheets;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Export;

/// <summary>
/// Writes an Excel workbook, one table after the other, as its rows are read. A table with more rows than a sheet can
/// hold continues on further sheets.
/// </summary>
internal sealed class Workbook : IAsyncDisposable
{
    private const int MostRows = 1_048_576;
    private const int MostColumns = 16_384;

    private readonly Spreadsheet _workbook;
    private readonly SheetStyles _styles;
    private readonly SheetNames _names = new();
    private readonly int _rowsPerSheet;

    private Workbook(Spreadsheet workbook, int rowsPerSheet)
    {
        _workbook = workbook;
        _rowsPerSheet = rowsPerSheet;
        _styles = SheetStyles.AddTo(workbook);
    }

    /// <summary>Begins a workbook.</summary>
    /// <param name="file">Where to write it.</param>
    /// <param name="rowsPerSheet">The most rows of a sheet, with that of the headings.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Workbook> StartAsync(
        Stream file, CancellationToken cancellationToken, int rowsPerSheet = MostRows) => new(
        await Spreadsheet.CreateNewAsync(file, cancellationToken: cancellationToken).ConfigureAwait(false),
        rowsPerSheet);

    /// <summary>Adds the rows of a query.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="table">The name of the sheet, as far as Excel accepts it.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="query">Writes the query for the columns, as the cells need them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many rows there were, and how many texts were too long for a cell and were cut off.</returns>
    /// <exception cref="TandemException">
    /// <see cref="ExportErrors.TooWide"/>; one of <see cref="DatabaseErrors"/>.
    /// </exception>
    public async Task<(long Rows, int CutTexts)> AddAsync(
        TandemDatabase database,
        string table,
        IReadOnlyList<ExportColumn> columns,
        Func<IEnumerable<ExportColumn>, string> query,
        CancellationToken cancellationToken)
    {
        if (columns.Count > MostColumns)
        {
            throw new TandemException(
                ExportErrors.TooWide,
                TandemErrorKind.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table} has {columns.Count:N0} columns, but a sheet can hold only {MostColumns:N0}. ")
                + "Select fewer, or write another format.",
                table);
        }

        var cells = columns.Select((column, place) => SheetColumn.Of(column, place, _styles)).ToArray();
        using var rows = ColumnReader.Streaming(database, query(cells.Select(column => column.Value)));
        await StartSheetAsync(table, cells, cancellationToken).ConfigureAwait(false);
        var row = new StyledCell[cells.Length];
        var (count, onSheet) = (0L, 1);
        while (rows.NextChunk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var place = 0; place < rows.Count; place++, count++)
            {
                if (onSheet++ == _rowsPerSheet)
                {
                    await StartSheetAsync(table, cells, cancellationToken).ConfigureAwait(false);
                    onSheet = 2;
                }

                for (var column = 0; column < row.Length; column++)
                {
                    row[column] = cells[column].Read(rows, column, place);
                }

                await _workbook.AddRowAsync(row, cancellationToken).ConfigureAwait(false);
            }
        }

        return (count, cells.Sum(column => column.CutTexts));
    }

    /// <summary>Completes the workbook.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken) =>
        await _workbook.FinishAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _workbook.DisposeAsync();

    private async Task StartSheetAsync(string table, SheetColumn[] columns, CancellationToken cancellationToken)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var place = 0; place < columns.Length; place++)
        {
            options.Column(place + 1).Width = columns[place].Width;
        }

        await _workbook.StartWorksheetAsync(_names.Next(table), options, cancellationToken).ConfigureAwait(false);
        var headings = Array.ConvertAll(
            columns, column => new StyledCell(ExcelText.Of(column.Value.Name, out _), _styles.Heading));
        await _workbook.AddRowAsync(headings, cancellationToken).ConfigureAwait(false);
    }
}

using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Reading;

/// <summary>Reads the tables of a file with their comments, all at once.</summary>
public static class TableReader
{
    /// <summary>The error id if there is no table with that name.</summary>
    public const string Unknown = "TableUnknown";

    /// <summary>
    /// The error id if the rows cannot be read, as for a view of a table that no longer exists.
    /// </summary>
    public const string Unreadable = "TableUnreadable";

    /// <summary>Whether a table is one that the pipeline keeps for itself.</summary>
    /// <param name="table">Its name as <see cref="Describe"/> gives it.</param>
    public static bool IsBookkeeping(string table) => SqlText.IsBookkeeping(table);

    /// <summary>The name of a table or column in quotation marks, as SQL needs it if it has other characters.</summary>
    /// <param name="name">Its name.</param>
    public static string Quoted(string name) => SqlText.Identifier(name);

    /// <summary>A table's name without that of its schema, for a file that is called after it.</summary>
    /// <param name="table">Its name as <see cref="Describe"/> gives it.</param>
    public static string UnqualifiedName(string table) => SqlText.Unqualified(table);

    /// <summary>
    /// The tables and views of a file with their columns, ordered by name, without reading their rows.
    /// </summary>
    /// <param name="database">An open file.</param>
    /// <param name="all">Whether to include the pipeline's own tables, which are named <c>bookkeeping.…</c>.</param>
    public static IReadOnlyList<DatabaseTable> Describe(TandemDatabase database, bool all = false) =>
        [.. database.Query<Row>(SqlResource.Read("TandemFetch.Engine.Reading.Statements.tables.sql"), new { all })
            .GroupBy(row => (row.TableName, row.TableComment))
            .Select(table => new DatabaseTable
            {
                Table = table.Key.TableName,
                Description = table.Key.TableComment,
                Columns = [.. table.Select(row => new TableColumn
                {
                    Name = row.ColumnName,
                    Type = row.DataType,
                    IsNullable = row.IsNullable,
                    Description = row.ColumnComment,
                })],
            })];

    /// <summary>A table with its number of rows and the time that they span.</summary>
    /// <param name="database">An open file.</param>
    /// <param name="table">One of the tables that <see cref="Describe"/> returns.</param>
    /// <exception cref="TandemException"><see cref="Unreadable"/>.</exception>
    public static DatabaseTable Measure(TandemDatabase database, DatabaseTable table)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(table);
        var extent = ReadExtent(database, table);
        var zone = ZoneTable.Common(database);
        return table with
        {
            Rows = extent.Rows,
            First = ZoneOffsets.ToLocal(extent.First, zone),
            Last = ZoneOffsets.ToLocal(extent.Last, zone),
            FirstPumpTime = extent.PumpFirst,
            LastPumpTime = extent.PumpLast,
        };
    }

    /// <summary>The error for an unknown table name, which suggests similar names.</summary>
    /// <param name="name">The requested name.</param>
    /// <param name="tables">The tables that exist.</param>
    public static TandemException UnknownTable(string name, IEnumerable<DatabaseTable> tables)
    {
        var names = tables.Select(table => table.Table).ToList();
        var near = NearestNames.Find(name, names);
        return new TandemException(
            Unknown,
            TandemErrorKind.NotFound,
            $"There is no table '{name}'. " + (near.Count > 0
                ? $"Did you mean {string.Join(" or ", near)}? Get-TandemTable lists all tables."
                : $"The tables are: {string.Join(", ", names)}."),
            name);
    }

    private static Extent ReadExtent(TandemDatabase database, DatabaseTable table)
    {
        var ends = $"{Ends(TableTime.TrueTimeOf(table), "")}, {Ends(TableTime.PumpTimeOf(table), "pump_")}";
        try
        {
            return database.Query<Extent>(
                $"SELECT count(*) AS rows, {ends} FROM {SqlText.Table(table.Table)}")[0];
        }
        catch (TandemException failure) when (failure.ErrorId == DatabaseErrors.Failed)
        {
            throw new TandemException(
                Unreadable,
                TandemErrorKind.InvalidData,
                $"{table.Table} cannot be read. If it is a view, something that it reads may no longer exist. "
                + failure.Message,
                table.Table,
                failure);
        }
    }

    private static string Ends(string? column, string prefix) => column is null
        ? $"NULL::TIMESTAMP AS {prefix}first, NULL::TIMESTAMP AS {prefix}last"
        : $"min({SqlText.Identifier(column)}) AS {prefix}first, max({SqlText.Identifier(column)}) AS {prefix}last";

    private sealed record Extent(long Rows, DateTime? First, DateTime? Last, DateTime? PumpFirst, DateTime? PumpLast);

    private sealed record Row(
        string TableName,
        string? TableComment,
        string ColumnName,
        string DataType,
        bool IsNullable,
        string? ColumnComment);
}

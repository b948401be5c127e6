using System.Text.RegularExpressions;
using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.OwnTables;

/// <summary>
/// Stores a user's own objects. Their tables are in the schema <c>own</c>, where no version of this module creates
/// tables, so that a later version never finds its names taken, and nothing here can write to the pump's data.
/// </summary>
public sealed partial class OwnTableWriter
{
    private readonly TandemDatabase _database;
    private readonly OwnColumnType _types;

    /// <summary>Prepares a file.</summary>
    /// <param name="database">A file that is open for writing.</param>
    /// <exception cref="TandemException"><see cref="DatabaseErrors.NameReserved"/>.</exception>
    public OwnTableWriter(TandemDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        DatabaseLocation.CheckName(database.Path, SqlText.OwnSchema);
        _database = database;
        _database.UseMemoryOfQueries();
        _types = new OwnColumnType(ZoneTable.UseCommon(database));
    }

    /// <summary>The name of a user's table with its schema.</summary>
    /// <param name="table">Its name, with the schema or without.</param>
    /// <exception cref="TandemException"><see cref="OwnTableErrors.NameInvalid"/>.</exception>
    public static string NameOf(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var name = SqlText.IsOwn(table) ? table[(SqlText.OwnSchema.Length + 1)..] : table;
        return Name().IsMatch(name)
            ? $"{SqlText.OwnSchema}.{name}"
            : throw new TandemException(
                OwnTableErrors.NameInvalid,
                TandemErrorKind.InvalidArgument,
                $"'{table}' cannot be the name of a table of your own. Use letters, digits and _, beginning with a "
                + $"letter; the table is then called {SqlText.OwnSchema}.meals, for example.",
                table);
    }

    /// <summary>Stores objects: all of them, or none.</summary>
    /// <param name="rows">The objects; at least one.</param>
    /// <param name="table">The name of the table, as <see cref="NameOf"/> returns it.</param>
    /// <param name="replace">Whether they replace the table, if it exists.</param>
    /// <param name="isText">Whether the text of a column stays text, whatever it looks like.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored.</param>
    /// <returns>The table as it is afterwards.</returns>
    /// <exception cref="TandemException">
    /// One of <see cref="OwnTableErrors"/> or <see cref="DatabaseErrors"/>.
    /// </exception>
    public DatabaseTable Write(
        OwnRows rows, string table, bool replace, Func<string, bool> isText, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var existing = Find(table);
        CheckName(table, existing is not null);
        using var interrupt = _database.InterruptOn(cancellationToken);
        _database.InTransaction(() =>
        {
            _database.Execute($"CREATE SCHEMA IF NOT EXISTS {SqlText.OwnSchema}");
            if (existing is null || replace)
            {
                foreach (var column in rows.Columns)
                {
                    column.Resolve(isText(column.Name), isNeverText: false);
                }

                _database.Execute($"DROP TABLE IF EXISTS {SqlText.Table(table)}");
                Create(table, rows, cancellationToken);
            }
            else
            {
                AddTo(existing, rows, isText, cancellationToken);
            }
        });
        return TableReader.Measure(_database, Find(table)!);
    }

    private DatabaseTable? Find(string table) => TableReader.Describe(_database)
        .FirstOrDefault(known => known.Table.Equals(table, StringComparison.OrdinalIgnoreCase));

    private void CheckName(string table, bool exists)
    {
        var name = SqlText.Unqualified(table);
        if (_database.Scalar<bool>(
            $"SELECT count(*) > 0 FROM duckdb_views() WHERE schema_name = '{SqlText.OwnSchema}' "
            + "AND lower(view_name) = lower($name)",
            new { name }))
        {
            throw Reserved(table, "is a view, which has no rows of its own");
        }

        // A name that a later version of this module has taken for a table of its own keeps its meaning.
        if (!exists && Find(name) is not null)
        {
            throw Reserved(table, $"would be easy to mistake for {name}, which contains other data");
        }
    }

    private static TandemException Reserved(string table, string why) => new(
        OwnTableErrors.NameReserved,
        TandemErrorKind.InvalidArgument,
        $"{table} {why}. Choose another name with -Table; nothing was stored.",
        table);

    private void Create(string table, OwnRows rows, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", rows.Columns.Select(Declare));
        _database.Execute($"CREATE TABLE {SqlText.Table(table)} ({columns})");
        using var appender = new ColumnAppender(_database, table);
        for (var row = 0; row < rows.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var place = 0; place < rows.Columns.Count; place++)
            {
                var column = rows.Columns[place];
                _types.Append(appender, place, column, column[row]);
            }

            appender.EndRow();
        }

        appender.Complete();
    }

    /// <summary>
    /// Adds rows to a table, by way of a second one with the types of the objects, so that DuckDB converts between
    /// types and checks what the user may have required of the table.
    /// </summary>
    private void AddTo(
        DatabaseTable table, OwnRows rows, Func<string, bool> isText, CancellationToken cancellationToken)
    {
        var stored = table.Columns.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        var kinds = stored.Values.ToDictionary(column => column.Name, KindOf, StringComparer.OrdinalIgnoreCase);
        foreach (var column in rows.Columns)
        {
            var kind = kinds.GetValueOrDefault(column.Name, ColumnKind.Unknown);
            column.Resolve(
                isText: kind == ColumnKind.Text || isText(column.Name),
                isNeverText: kind is not (ColumnKind.Text or ColumnKind.Unknown));
            if (stored.TryGetValue(column.Name, out var known))
            {
                Widen(table, known, kind, column);
            }
            else
            {
                Alter(table, $"ADD COLUMN {Declare(column)}");
            }
        }

        // No user's table has such a name.
        var added = $"{SqlText.OwnSchema}.~{SqlText.Unqualified(table.Table)}";
        Create(added, rows, cancellationToken);
        try
        {
            _database.Execute($"INSERT INTO {SqlText.Table(table.Table)} BY NAME FROM {SqlText.Table(added)}");
        }
        catch (TandemException failure) when (failure.ErrorId == DatabaseErrors.Failed)
        {
            throw new TandemException(
                OwnTableErrors.TypeConflict,
                TandemErrorKind.InvalidData,
                $"The objects do not fit into {table.Table}, and nothing was stored. {failure.Message}",
                table.Table,
                failure);
        }

        _database.Execute($"DROP TABLE {SqlText.Table(added)}");

        // The text of a column that has had nothing but NULL is not one that the user chose.
        ColumnKind? KindOf(TableColumn column) => ColumnKinds.OfType(column.Type) switch
        {
            ColumnKind.Text when IsEmpty(column) => ColumnKind.Unknown,
            var kind => kind,
        };

        bool IsEmpty(TableColumn column) => _database.Scalar<bool>(
            $"SELECT count({SqlText.Identifier(column.Name)}) = 0 FROM {SqlText.Table(table.Table)}");
    }

    /// <summary>Gives a column a type that holds what it has and what is added.</summary>
    private void Widen(DatabaseTable table, TableColumn stored, ColumnKind? kind, OwnColumn added)
    {
        if (kind is not { } known || added.Kind == ColumnKind.Unknown)
        {
            return;
        }

        if (ColumnKinds.Join(known, added.Kind) is not { } joined)
        {
            throw new TandemException(
                OwnTableErrors.TypeConflict,
                TandemErrorKind.InvalidData,
                $"The column {stored.Name} of {table.Table} is {stored.Type}, and the objects have "
                + $"{OwnColumnType.NameOf(added.Kind, added.Scale)} in it. Nothing was stored. Convert it first, "
                + "or write the whole table again with -Replace.",
                table.Table);
        }

        var scale = Math.Max(ScaleOf(stored.Type), added.Scale);
        if (joined == ColumnKind.Exact
            && Math.Max(added.Digits, DigitsOf(table, stored)) + scale > OwnColumn.MostDigits)
        {
            joined = ColumnKind.Real;
        }

        if (joined != known || (joined == ColumnKind.Exact && scale > ScaleOf(stored.Type)))
        {
            Alter(table, $"ALTER COLUMN {SqlText.Identifier(stored.Name)} TYPE {OwnColumnType.NameOf(joined, scale)}");
        }
    }

    private void Alter(DatabaseTable table, string change) =>
        _database.Execute($"ALTER TABLE {SqlText.Table(table.Table)} {change}");

    private static string Declare(OwnColumn column) =>
        $"{SqlText.Identifier(column.Name)} {OwnColumnType.NameOf(column.Kind, column.Scale)}";

    private int DigitsOf(DatabaseTable table, TableColumn column) => _database.Scalar<int?>(
        $"SELECT max(length(split_part(abs({SqlText.Identifier(column.Name)})::VARCHAR, '.', 1)))::INTEGER "
        + $"FROM {SqlText.Table(table.Table)}")
        ?? 0;

    private static int ScaleOf(string type) =>
        Scale().Match(type) is { Success: true } found ? int.Parse(found.Groups[1].ValueSpan) : 0;

    [GeneratedRegex(@"\A\p{L}[\p{L}\p{Nd}_]{0,62}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\ADECIMAL\(\d+,\s*(\d+)\)\z")]
    private static partial Regex Scale();
}

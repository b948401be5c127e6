using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>Decides which tables of a file the assistant sees, and what each of their columns shows.</summary>
/// <param name="scope">What is included, and since when.</param>
/// <param name="pumps">The pumps of the file.</param>
internal sealed class VisibleTables(AssistantScope scope, IReadOnlyList<NumberedPump> pumps)
{
    private const string Device = "device_assignment_id";
    private const string TrueTime = "TIMESTAMP WITH TIME ZONE";

    // Every other table of the schema main is somebody's own, of which nothing is known.
    private static readonly Dictionary<string, AssistantPart?> Main = new(StringComparer.Ordinal)
    {
        ["pumps"] = null,
        ["raw_events"] = AssistantPart.Raw,
        ["events"] = AssistantPart.Raw,
        ["pump_settings"] = AssistantPart.Settings,
        ["profiles"] = AssistantPart.Settings,
        ["profile_segments"] = AssistantPart.Settings,
        ["clock_spans"] = AssistantPart.Bookkeeping,
        ["pipeline_runs"] = AssistantPart.Bookkeeping,
    };

    // The message of a failed run names the file.
    private static readonly HashSet<string> Hidden =
        new(StringComparer.Ordinal) { "serial_number", "pipeline_runs.error" };

    // When a pump was first used.
    private static readonly HashSet<string> BeforeTheBound = new(StringComparer.Ordinal) { "pumps.first_event" };

    private static readonly HashSet<string> PlainTypes = new(StringComparer.Ordinal)
    {
        "BOOLEAN", "DATE", "TIME", "TIMESTAMP", TrueTime, "INTERVAL",
    };

    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
        "UHUGEINT", "FLOAT", "DOUBLE",
    };

    /// <summary>The tables that the assistant sees, by name.</summary>
    /// <param name="database">An open file.</param>
    public IReadOnlyList<VisibleTable> Read(TandemDatabase database)
    {
        var stored = database.Query<string>(
            SqlResource.Read("TandemFetch.Engine.Assistant.Statements.stored_tables.sql")).ToHashSet();
        return
        [
            .. TableReader.Describe(database, all: true)
                .Where(table => stored.Contains(table.Table) && IsVisible(table) && !IsNamed(table.Table))
                .Select(ToVisible)
                .Where(table => scope.Since is null || table.Time is not null || table.Name == "pumps"),
        ];
    }

    private bool IsVisible(DatabaseTable table) =>
        SqlText.IsOwn(table.Table) || IsOfDomain(table.Table)
        || (PartOf(table.Table) is var (isKnown, part)
            && isKnown && (part is not { } of || scope.Include.Contains(of)));

    private static bool IsOfDomain(string table) =>
        !Main.ContainsKey(table) && DomainTables.All.Any(domain => domain.Name == table);

    private static (bool IsKnown, AssistantPart? Part) PartOf(string table) => SqlText.IsBookkeeping(table)
        ? (true, AssistantPart.Bookkeeping)
        : (Main.TryGetValue(table, out var part), part);

    private VisibleTable ToVisible(DatabaseTable table)
    {
        var hasPump = !SqlText.IsOwn(table.Table) && table.Columns.Any(column => column.Name == Device);
        return new VisibleTable(
            table.Table,
            table.Description,
            [.. table.Columns.Where(column => IsVisible(table, column)).Select(column => ToVisible(table, column))],
            hasPump,
            TimeOf(table));
    }

    private static string? TimeOf(DatabaseTable table) => SqlText.IsOwn(table.Table)
        ? table.Columns.FirstOrDefault(column => column.Type == TrueTime)?.Name
        : table.Table == "pumps" ? null : TableTime.TrueTimeOf(table);

    private bool IsVisible(DatabaseTable table, TableColumn column) =>
        !Hidden.Contains(column.Name) && !Hidden.Contains($"{table.Table}.{column.Name}")
        && column.Type != "BLOB" && !IsNamed(column.Name)
        && (scope.Since is null || !BeforeTheBound.Contains($"{table.Table}.{column.Name}"));

    // A table of one's own can be called after a pump.
    private bool IsNamed(string name) => pumps.SelectMany(pump => pump.Names)
        .Any(pump => name.Contains(pump, StringComparison.OrdinalIgnoreCase));

    private static VisibleColumn ToVisible(DatabaseTable table, TableColumn column)
    {
        var source = $"source.{SqlText.Identifier(column.Name)}";
        if (column.Name == Device && !SqlText.IsOwn(table.Table))
        {
            return new VisibleColumn("pump", "INTEGER", "Number of the pump; 1 is the oldest.", "numbers.pump");
        }

        if (IsOfDomain(table.Table) || table.Table == "pumps" || PlainTypes.Contains(column.Type))
        {
            return new VisibleColumn(column.Name, column.Type, column.Description, source);
        }

        return IsNumber(column.Type)
            ? new VisibleColumn(column.Name, column.Type, column.Description, $"hidden.without_number({source})")
            : new VisibleColumn(column.Name, "VARCHAR", column.Description, $"hidden.without_names({source}::VARCHAR)");
    }

    private static bool IsNumber(string type) =>
        Numbers.Contains(type) || type.StartsWith("DECIMAL", StringComparison.Ordinal) && !type.EndsWith(']');
}

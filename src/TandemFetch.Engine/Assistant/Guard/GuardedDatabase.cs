using Dapper;
using DuckDB.NET.Data;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>
/// A file as a query may see it: an in-memory DuckDB with the file attached read-only under a name that no query can
/// use, with views as the only tables, and with all settings locked. Make one for each query.
/// </summary>
internal sealed class GuardedDatabase : IDisposable
{
    private const string Attached = "attached_file";
    private const string Statements = "TandemFetch.Engine.Assistant.Statements.";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private GuardedDatabase(DuckDBConnection connection, VisibleFile file, QueryGuard guard)
    {
        Connection = connection;
        File = file;
        Guard = guard;
    }

    /// <summary>The connection, locked.</summary>
    public DuckDBConnection Connection { get; }

    /// <summary>What the assistant sees of the file.</summary>
    public VisibleFile File { get; }

    /// <summary>What decides about queries.</summary>
    public QueryGuard Guard { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="TandemException">One of <see cref="DatabaseErrors"/>.</exception>
    public static async Task<GuardedDatabase> OpenAsync(
        AssistantScope scope, AssistantLimits limits, CancellationToken cancellationToken)
    {
        while (true)
        {
            var file = await VisibleFile.ReadAsync(scope, limits, cancellationToken).ConfigureAwait(false);
            if (await OpenAsync(scope, limits, file, cancellationToken).ConfigureAwait(false) is { } database)
            {
                return database;
            }
        }
    }

    /// <summary>
    /// Opens a file as it has been read. Another process can have written to it between the two, because the check of a
    /// file before it is read needs an instance of DuckDB of its own.
    /// </summary>
    /// <returns>Null if the file has a pump by now whose names would be shown.</returns>
    internal static async Task<GuardedDatabase?> OpenAsync(
        AssistantScope scope, AssistantLimits limits, VisibleFile file, CancellationToken cancellationToken)
    {
        var connection = await AttachAsync(scope.Database, limits.LockTimeout, cancellationToken).ConfigureAwait(false);
        try
        {
            var names = connection.Query<string?>(
                $"SELECT unnest([device_assignment_id, serial_number]) FROM {Attached}.main.pumps");
            if (names.Any(name => name is { Length: > 0 } && file.Pumps.All(pump => !pump.Names.Contains(name))))
            {
                connection.Dispose();
                return null;
            }

            Prepare(connection, scope, file);
            var reserved = connection.Query<string>(Read("reserved_names")).Append(Attached).Append("hidden").AsList();
            connection.Execute(Read("lock")
                .Replace("{zone}", file.Zone.Name, StringComparison.Ordinal)
                .Replace("{memory}", limits.DatabaseMemory, StringComparison.Ordinal));
            return new GuardedDatabase(
                connection, file, new QueryGuard([.. file.Tables.Select(table => table.Name)], reserved));
        }
        catch (DuckDBException error)
        {
            connection.Dispose();
            throw DatabaseFailure.Of(error.Message, scope.Database, error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Connection.Dispose();

    private static async Task<DuckDBConnection> AttachAsync(
        string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var connection = new DuckDBConnection(ConnectionString);
            try
            {
                connection.Open();
                connection.Execute($"ATTACH {SqlText.Literal(path)} AS {Attached} (READ_ONLY)");
                return connection;
            }
            catch (DuckDBException error)
            {
                connection.Dispose();
                var failure = DatabaseFailure.Of(error.Message, path, error);
                if (failure is not TandemException { ErrorId: DatabaseErrors.Locked }
                    || TimeProvider.System.GetElapsedTime(started) >= timeout)
                {
                    throw failure;
                }
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    // Nothing spills to the disk, and no extension is loaded.
    private static string ConnectionString => new DuckDBConnectionStringBuilder
    {
        ["DataSource"] = ":memory:",
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "false",
        ["temp_directory"] = "",
    }.ConnectionString;

    private static void Prepare(DuckDBConnection connection, AssistantScope scope, VisibleFile file)
    {
        var names = file.Pumps.SelectMany(pump => pump.Names).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        connection.Execute(Read("prepare")
            .Replace("{names}", SqlText.Literal(PatternOf(names)), StringComparison.Ordinal)
            .Replace(
                "{numbers}",
                string.Join(", ", names.Select(SqlText.Literal).DefaultIfEmpty("''")),
                StringComparison.Ordinal));
        connection.Execute(
            "INSERT INTO hidden.pump_numbers VALUES ($device, $number)",
            file.Pumps.Select(pump => new { device = pump.Pump.DeviceAssignmentId, number = pump.Number }));
        foreach (var table in file.Tables)
        {
            connection.Execute(ViewOf(table, scope.Since));
        }
    }

    // A pattern that matches nothing, if there is no pump.
    private static string PatternOf(List<string> names) => names.Count == 0
        ? @"[^\s\S]"
        : string.Join('|', names.OrderByDescending(name => name.Length)
            .Select(name => $@"\Q{name.Replace(@"\E", "", StringComparison.Ordinal)}\E"));

    private static string ViewOf(VisibleTable table, DateTimeOffset? since)
    {
        var view = Read("view")
            .Replace("{view}", SqlText.Table(table.Name), StringComparison.Ordinal)
            .Replace("{columns}", ColumnsOf(table), StringComparison.Ordinal)
            .Replace("{source}", SourceOf(table), StringComparison.Ordinal);
        var pump = table.HasPump ? Read("with_pump") : "";
        return since is { } bound && table.Time is { } time
            ? view + pump + Read("since")
                .Replace("{time}", SqlText.Identifier(time), StringComparison.Ordinal)
                .Replace("{since}", SqlText.Number(UnixTime.Microseconds(bound)), StringComparison.Ordinal)
            : view + pump;
    }

    private static string ColumnsOf(VisibleTable table) => string.Join(
        ", ", table.Columns.Select(column => $"{column.Expression} AS {SqlText.Identifier(column.Name)}"));

    private static string SourceOf(VisibleTable table) =>
        table.Name.Contains('.', StringComparison.Ordinal)
            ? $"{Attached}.{SqlText.Table(table.Name)}"
            : $"{Attached}.main.{SqlText.Table(table.Name)}";

    private static string Read(string statement) => SqlResource.Read($"{Statements}{statement}.sql");
}

using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Analytics;

/// <summary>
/// A connection of its own on which measures read the file: the pumps lie in a temporary table beside it, and it is not
/// written. Days and hours are those of one zone: that of the pump with the newest entry.
/// </summary>
internal sealed class AnalysisSession : IDisposable
{
    // Bounds that every reading lies in and that can be shifted by days without leaving what DuckDB can count.
    private static readonly DateTimeOffset Beginning = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TandemDatabase _database;
    private readonly IDisposable _interruption;

    private AnalysisSession(
        TandemDatabase database, RecordFilter filter, ZoneOffsets zone, CancellationToken cancellationToken)
    {
        _database = database;
        _interruption = database.InterruptOn(cancellationToken);
        Filter = filter;
        Zone = zone;
        CancellationToken = cancellationToken;
    }

    /// <summary>Which pumps, from when to when.</summary>
    public RecordFilter Filter { get; }

    /// <summary>The zone of days and hours.</summary>
    public ZoneOffsets Zone { get; }

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The beginning of the range, microseconds since 1970 UTC.</summary>
    public long From => FromOf(Filter);

    /// <summary>The end of the range, microseconds since 1970 UTC.</summary>
    public long Until => UntilOf(Filter);

    /// <summary>Opens a session on an open file, which must outlive it.</summary>
    /// <exception cref="TandemException"><c>PumpUnknown</c>, or <c>TimeZoneUnknown</c> for a pump in a zone that this
    /// module does not know.</exception>
    public static AnalysisSession Open(
        TandemDatabase database, RecordFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(filter);
        cancellationToken.ThrowIfCancellationRequested();
        var pumps = PumpReader.Read(database, filter.PumpSerials);
        var zone = pumps is [{ TimeZone: { } name }, ..] ? ZoneTable.Read(database, name) : ZoneOffsets.Utc;
        var session = new AnalysisSession(database.OpenSession(), filter, zone, cancellationToken);
        try
        {
            session.Prepare(pumps.Select(pump => pump.DeviceAssignmentId));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The beginning of a range, microseconds since 1970 UTC.</summary>
    public static long FromOf(RecordFilter filter) => UnixTime.Microseconds(Clamp(filter.Since ?? Beginning));

    /// <summary>The end of a range, microseconds since 1970 UTC.</summary>
    public static long UntilOf(RecordFilter filter) => UnixTime.Microseconds(Clamp(filter.Until ?? End));

    /// <summary>A range with a margin on both sides.</summary>
    public static RecordFilter Widened(RecordFilter filter, TimeSpan margin) => filter with
    {
        Since = filter.Since is { } since ? Clamp(since) - margin : null,
        Until = filter.Until is { } until ? Clamp(until) + margin : null,
    };

    /// <summary>Runs statements.</summary>
    public void Execute(string sql, object? parameters = null)
    {
        CancellationToken.ThrowIfCancellationRequested();
        _database.Execute(sql, parameters);
    }

    /// <summary>Reads a list.</summary>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null)
    {
        CancellationToken.ThrowIfCancellationRequested();
        return _database.Query<T>(sql, parameters);
    }

    /// <summary>Reads a long list.</summary>
    public ColumnReader Read(string sql, params ReadOnlySpan<object> parameters)
    {
        CancellationToken.ThrowIfCancellationRequested();
        return ColumnReader.Streaming(_database, sql, parameters);
    }

    /// <summary>Makes a temporary table of whole numbers.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="columns">Its columns with their types.</param>
    /// <param name="rows">Its rows as SQL.</param>
    public void Fill(string table, string columns, IEnumerable<string> rows)
    {
        const int RowsPerStatement = 500;
        Execute($"CREATE OR REPLACE TEMP TABLE {table} ({columns})");
        foreach (var some in rows.Chunk(RowsPerStatement))
        {
            Execute($"INSERT INTO {table} VALUES {string.Join(", ", some)}");
        }
    }

    /// <summary>A moment in the zone of the session.</summary>
    public DateTimeOffset ToLocal(long microseconds) => Zone.ToLocal(microseconds);

    /// <inheritdoc/>
    public void Dispose()
    {
        _interruption.Dispose();
        _database.Dispose();
    }

    private static DateTimeOffset Clamp(DateTimeOffset moment) =>
        moment < Beginning ? Beginning : moment > End ? End : moment;

    private void Prepare(IEnumerable<string> devices)
    {
        Execute(AnalysisSql.Macros);
        Execute(AnalysisSql.EntriesOf(_database.EntryTimes));
        Fill("analysis_pumps", "device VARCHAR", devices.Select(device => $"({SqlText.Literal(device)})"));
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// Stores parsed events in transactions of whole row groups, each with the ranges that must be derived from it.
/// </summary>
internal sealed class EventWriter(TandemDatabase database, string device, TimeProvider time, WorkSignal parsed) : IDisposable
{
    private readonly byte[] _device = Encoding.UTF8.GetBytes(device);
    private readonly PositionRanges _changed = new();
    private WriteTransaction? _transaction;
    private ColumnAppender? _rows;
    private long _created;
    private int _pending;

    /// <summary>Number of events stored.</summary>
    public long Written { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(EventBatch events)
    {
        for (var row = 0; row < events.Count; row++)
        {
            if (events.AreRevisions[row])
            {
                Replace(events.Positions[row]);
            }

            if (_rows is null)
            {
                Begin();
            }

            Append(_rows!, events, row);
            if (_pending == RowGroup.RowsPerTransaction || (_pending == RowGroup.RowsPerTransaction / 2 && parsed.IsAwaited))
            {
                Complete();
            }
        }
    }

    /// <summary>Commits what is pending, and signals it.</summary>
    public void Complete()
    {
        if (_transaction is null)
        {
            return;
        }

        _rows?.Complete();
        foreach (var (first, last) in _changed.Merged)
        {
            database.Execute(
                "INSERT INTO bookkeeping.underived_ranges (device_assignment_id, first_position, last_position) VALUES ($device, $first, $last)",
                new { device, first, last });
        }

        _transaction.Commit();
        Close();
        _changed.Clear();
        _pending = 0;
        parsed.Raise();
    }

    public void Dispose() => Close();

    private void Begin()
    {
        _transaction ??= new WriteTransaction(database);
        _rows = new ColumnAppender(database, "events");
        _created = PumpTimeText.Microseconds(time.GetUtcNow().UtcDateTime);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Append(ColumnAppender rows, EventBatch events, int row)
    {
        var definition = events.Definitions[row];
        rows.Set(0, events.Ids[row]);
        rows.Set(1, events.Ids[row]);
        rows.Set(2, _created);
        rows.Set(3, _device);
        rows.Set(4, events.Positions[row]);
        if (events.Timestamps[row] == long.MinValue)
        {
            rows.SetNull(5);
        }
        else
        {
            rows.Set(5, events.Timestamps[row]);
        }

        rows.Set(6, events.PumpTimes[row]);
        rows.Set(7, definition.Code);
        rows.Set(8, definition.NameUtf8.Span);
        rows.Set(9, events.Json(row));
        rows.EndRow();
        _changed.Add(events.Positions[row]);
        _pending++;
        Written++;
    }

    /// <summary>A new revision replaces the event that was parsed from the previous one.</summary>
    private void Replace(long position)
    {
        _rows?.Complete();
        _rows?.Dispose();
        _rows = null;
        _transaction ??= new WriteTransaction(database);
        database.Execute("DELETE FROM events WHERE device_assignment_id = $device AND log_position = $position", new { device, position });
    }

    private void Close()
    {
        _rows?.Dispose();
        _rows = null;
        _transaction?.Dispose();
        _transaction = null;
    }
}

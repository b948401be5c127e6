using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tables;

/// <summary>A domain table whose rows become records of one type.</summary>
/// <typeparam name="T">The record.</typeparam>
public abstract class DomainTable<T> : DomainTable, IRecordSource<T>
{
    private protected DomainTable()
    {
    }

    /// <inheritdoc/>
    public sealed override Type RecordType => typeof(T);

    RecordTimes IRecordSource<T>.RecordTimes => RecordTimes.TrueTime;

    string IRecordSource<T>.RecordOrder => RecordOrder;

    /// <summary>What orders rows with the same time.</summary>
    private protected virtual string RecordOrder => "id";

    Func<RecordRow, T> IRecordSource<T>.Mapping(TandemDatabase database) => Mapping(database);

    /// <summary>Converts a row to a record.</summary>
    private protected virtual Func<RecordRow, T> Mapping(TandemDatabase database) => ToRecord;

    /// <summary>The record of a row.</summary>
    private protected abstract T ToRecord(RecordRow row);
}

using TandemFetch.Engine.Reading;

namespace TandemFetch.Engine.Tables;

/// <summary>Rows of domain tables as records.</summary>
public static class TableRecords
{
    /// <summary>The rows of the table whose rows become records of this type, oldest first.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="reader">Reads the file.</param>
    /// <param name="filter">Which rows.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static IEnumerable<T> Read<T>(
        this RecordReader reader, RecordFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.Read(DomainTables.Of<T>(), filter, cancellationToken);
    }
}

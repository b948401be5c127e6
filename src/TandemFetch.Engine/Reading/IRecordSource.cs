using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Reading;

/// <summary>A table whose rows become records.</summary>
/// <typeparam name="T">The record.</typeparam>
internal interface IRecordSource<out T>
{
    /// <summary>The table.</summary>
    string Name { get; }

    /// <summary>The time by which the rows are ordered and filtered.</summary>
    RecordTimes RecordTimes { get; }

    /// <summary>The columns that order rows with the same time.</summary>
    string RecordOrder { get; }

    /// <summary>Converts a row to a record.</summary>
    /// <param name="database">The file to read.</param>
    Func<RecordRow, T> Mapping(TandemDatabase database);
}

using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Reading;

/// <summary>A table whose rows become records.</summary>
/// <typeparam name="T">The record.</typeparam>
internal interface IRecordSource<out T>
{
    /// <summary>The table.</summary>
    string Name { get; }

    /// <summary>Which of its times orders and filters the rows.</summary>
    RecordTimes RecordTimes { get; }

    /// <summary>What orders the rows of one time: column names.</summary>
    string RecordOrder { get; }

    /// <summary>How a row becomes a record.</summary>
    /// <param name="database">The file that is read.</param>
    Func<RecordRow, T> Mapping(TandemDatabase database);
}

using System.Collections.ObjectModel;

namespace TandemFetch.Records;

/// <summary>
/// A list whose text is that of its items. <c>ConvertTo-Csv</c> would write the name of the type of any other list.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="items">The items, which are copied.</param>
public sealed class RecordList<T>(IEnumerable<T> items) : ReadOnlyCollection<T>([.. items])
{
    /// <summary>A list without items.</summary>
    public static new RecordList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this);
}

namespace TandemFetch.Engine.Queries;

/// <summary>A column whose values are of one type.</summary>
/// <typeparam name="T">A type that can hold null.</typeparam>
internal abstract class QueryColumn<T> : QueryColumn
{
    /// <inheritdoc/>
    public sealed override Type Type => typeof(T);

    /// <summary>A value; null for NULL.</summary>
    public abstract T Read(long row);

    /// <inheritdoc/>
    public sealed override object? Box(long row) => Read(row);

    /// <inheritdoc/>
    public sealed override Array Slice(long first, long count)
    {
        var values = new T[count];
        for (var index = 0L; index < count; index++)
        {
            values[index] = Read(first + index);
        }

        return values;
    }
}

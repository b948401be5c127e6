using TandemFetch.Engine.Tables.TherapyEntries;

namespace TandemFetch.Engine.Tables;

/// <summary>All domain tables: every class that defines one.</summary>
public static class DomainTables
{
    private static readonly Lazy<IReadOnlyList<DomainTable>> Defined = new(Load);
    private static readonly Lazy<IReadOnlyList<TableDefinition>> InOrder = new(Order);

    /// <summary>All domain tables, by name.</summary>
    public static IReadOnlyList<DomainTable> All => Defined.Value;

    /// <summary>
    /// Those that are derived, in the order of their derivation: first the entries that others join, last the totals of
    /// days.
    /// </summary>
    internal static IReadOnlyList<TableDefinition> Derived => InOrder.Value;

    /// <summary>The copies of rare entries.</summary>
    internal static TherapyEntriesTable TherapyEntries { get; } = new();

    /// <summary>The table whose rows become records of a type.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    internal static DomainTable<T> Of<T>() =>
        All.OfType<DomainTable<T>>().SingleOrDefault()
        ?? throw new InvalidOperationException($"No table has rows of {typeof(T)}.");

    private static List<DomainTable> Load() =>
    [
        .. typeof(DomainTables).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DomainTable)) && !type.IsAbstract)
            .Select(type => (DomainTable)Activator.CreateInstance(type, nonPublic: true)!)
            .OrderBy(table => table.Name, StringComparer.Ordinal),
    ];

    private static List<TableDefinition> Order() =>
        [TherapyEntries, .. All.Where(table => table.IsDerived).OrderBy(table => table.IsByDay)];
}

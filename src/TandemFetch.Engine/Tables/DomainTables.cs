using TandemFetch.Engine.Tables.Alerts;
using TandemFetch.Engine.Tables.BasalDeliveries;
using TandemFetch.Engine.Tables.BatteryLevels;
using TandemFetch.Engine.Tables.BgReadings;
using TandemFetch.Engine.Tables.Boluses;
using TandemFetch.Engine.Tables.CgmReadings;
using TandemFetch.Engine.Tables.CgmSessions;
using TandemFetch.Engine.Tables.DailyTotals;
using TandemFetch.Engine.Tables.Profiles;
using TandemFetch.Engine.Tables.SiteChanges;
using TandemFetch.Engine.Tables.Suspensions;
using TandemFetch.Engine.Tables.TherapyEntries;
using TandemFetch.Engine.Tables.UserModes;

namespace TandemFetch.Engine.Tables;

/// <summary>All domain tables.</summary>
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

    // A list, because every command would wait while all types of the assembly are searched for the tables.
    private static DomainTable[] Load() =>
    [
        new AlertsTable(),
        new BasalDeliveriesTable(),
        new BatteryLevelsTable(),
        new BgReadingsTable(),
        new BolusesTable(),
        new CgmReadingsTable(),
        new CgmSessionsTable(),
        new DailyTotalsTable(),
        new ProfilesTable(),
        new SiteChangesTable(),
        new SuspensionsTable(),
        new UserModesTable(),
    ];

    private static List<TableDefinition> Order() =>
        [TherapyEntries, .. All.Where(table => table.IsDerived).OrderBy(table => table.IsByDay)];
}

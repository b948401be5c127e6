using System.Globalization;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Reading;

/// <summary>
/// The names that a column can contain: those that this version knows, and others that a file has. A mistyped name is
/// reported instead of matching nothing.
/// </summary>
public sealed class KnownNames
{
    private const string UnknownEntry = "UNKNOWN_";

    private readonly string _table;
    private readonly string _column;
    private readonly string _noun;
    private readonly string _errorId;
    private readonly Func<string, bool> _standsForCode;

    private KnownNames(
        string table,
        string column,
        string noun,
        string errorId,
        IEnumerable<string> names,
        Func<string, bool> standsForCode)
    {
        (_table, _column, _noun, _errorId, _standsForCode) = (table, column, noun, errorId, standsForCode);
        Names = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Log entries. An unknown name is reported as <c>EventNameUnknown</c>, unless it is <c>UNKNOWN_</c> and a code
    /// that has no name.
    /// </summary>
    public static KnownNames Events { get; } = new(
        "events",
        "event_name",
        "log entry",
        "EventNameUnknown",
        EventCatalog.Default.Events.Select(known => known.Name),
        IsNameOfUnknownCode);

    /// <summary>
    /// Alerts, alarms, malfunctions and sensor alerts. An unknown name is reported as <c>AlertNameUnknown</c>, unless
    /// it is a number.
    /// </summary>
    public static KnownNames Alerts { get; } = new(
        "alerts",
        "alert",
        "alert",
        "AlertNameUnknown",
        [.. Labels(4, "alertId"), .. Labels(5, "alarmId"), .. Labels(6, "malfId"), .. Labels(369, "dalertId")],
        IsNumber);

    /// <summary>
    /// Kinds of boluses. An unknown kind is reported as <c>BolusKindUnknown</c>, unless it is a number.
    /// </summary>
    public static KnownNames BolusKinds { get; } = new(
        "boluses",
        "kind",
        "kind of bolus",
        "BolusKindUnknown",
        ["Standard", "Extended", "Quick", "Automatic", "Eating Soon Automatic", "Late"],
        IsNumber);

    /// <summary>The names that this version knows, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// The condition that the column matches one of the patterns, without those that are reported as unknown.
    /// </summary>
    /// <param name="database">An open file.</param>
    /// <param name="patterns">Names, in which <c>*</c> and <c>?</c> are wildcards.</param>
    /// <param name="report">Receives the error for each name that neither this version nor the file knows.</param>
    public ColumnCondition Matching(
        TandemDatabase database, IEnumerable<string> patterns, Action<TandemException> report)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(patterns);
        ArgumentNullException.ThrowIfNull(report);
        var (known, unknown) = (new List<string>(), new List<string>());
        foreach (var pattern in patterns)
        {
            (IsKnown(database, pattern) ? known : unknown).Add(pattern);
        }

        unknown.ForEach(name => report(Unknown(name)));
        return ColumnCondition.Matching(_column, known);
    }

    private static IEnumerable<string> Labels(int code, string property) =>
        EventCatalog.Default.Find(code).Properties.Single(known => known.Name == property).Codes!.Values;

    private static bool IsNumber(string name) => name.All(char.IsAsciiDigit);

    private static bool IsNameOfUnknownCode(string name) =>
        name.StartsWith(UnknownEntry, StringComparison.OrdinalIgnoreCase)
        && int.TryParse(name.AsSpan(UnknownEntry.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
        && EventCatalog.Default.Find(code).Name == EventDefinition.UnknownName(code);

    private bool IsKnown(TandemDatabase database, string pattern) =>
        pattern.AsSpan().ContainsAny('*', '?')
        || Names.Contains(pattern, StringComparer.OrdinalIgnoreCase)
        || _standsForCode(pattern)
        || database.Scalar<bool>(
            $"SELECT EXISTS (FROM {_table} WHERE {ColumnCondition.Matching(_column, [pattern]).Sql})");

    private TandemException Unknown(string name)
    {
        var near = NearestNames.Find(name, Names);
        var meant = near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}? " : "";
        return new TandemException(
            _errorId,
            TandemErrorKind.NotFound,
            $"There is no {_noun} named '{name}'. {meant}Tab completes names, and * matches any text.",
            name);
    }
}

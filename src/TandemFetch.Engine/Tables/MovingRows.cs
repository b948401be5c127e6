namespace TandemFetch.Engine.Tables;

/// <summary>
/// Moves what was derived from a range of the log, when its events were moved. Every time moves with its entry; which
/// entry ends an alert, a suspension, a mode or a sensor session follows from their order in the log, which does not
/// change.
/// </summary>
internal static class MovingRows
{
    private static readonly Lazy<string> Statements = new(() => string.Join(
        "\n\n",
        DomainTables.Derived.Where(table => table.Times.Count > 0).Select(Update)
            .Concat(DomainTables.Derived.Select(table => table.AfterMoving).OfType<string>())));

    /// <summary>
    /// The statements. Their parameters are <c>$device</c>, the range from <c>$first</c> to <c>$last</c>, <c>$shift</c>
    /// in microseconds, and <c>$zone</c> for the days of <c>changed_days</c>.
    /// </summary>
    public static string Script => Statements.Value;

    private static string Update(TableDefinition table)
    {
        var changes = table.Times.Select(time => $"{time.Name} = {Moved(time)}").Concat(table.Durations.Select(
            duration => $"{duration.Name} = seconds_between({Moved(duration.Began)}, {Moved(duration.Ended)})"));
        return $"UPDATE {table.Name}\nSET {string.Join(",\n    ", changes)}\n"
            + $"WHERE device_assignment_id = $device AND {IsTouched(table)};";
    }

    private static string IsTouched(TableDefinition table)
    {
        var positions = table.Times.Select(time => time.Position).Distinct().ToList();
        return positions.Count == 1
            ? $"{positions[0]} BETWEEN $first AND $last"
            : $"log_position <= $last AND greatest({string.Join(", ", positions)}) >= $first";
    }

    private static string Moved(TimeColumn time) => $"moved({time.Name}, {time.Position}, $first, $last, $shift)";
}

namespace TandemFetch.Engine.Lake;

/// <summary>A column of a table of the lake.</summary>
/// <param name="Name">Its name in the lake.</param>
/// <param name="Type">Its type in the lake, as DuckDB calls it.</param>
/// <param name="Description">What it holds, with its unit.</param>
/// <param name="Value">Its value as SQL, over the row <c>t</c> and its pump <c>p</c>.</param>
internal sealed record LakeColumn(string Name, string Type, string? Description, string Value)
{
    /// <summary>What the name of a column with times of the pump's own clock ends with.</summary>
    public const string WallClock = "wall_clock";

    /// <summary>The pump, in every table.</summary>
    public static LakeColumn Pump { get; } = new(
        "pump", "VARCHAR", "The pump as the lake names it: its serial number, or its pseudonym.", "p.pump");

    /// <summary>The name in the lake of a column of a database.</summary>
    /// <param name="name">Its name in the database.</param>
    /// <param name="type">Its type in the database.</param>
    public static string NameInLake(string name, string type) =>
        type != "TIMESTAMP" || name.EndsWith(WallClock, StringComparison.Ordinal) ? name
        : name == "pump_time" ? $"pump_{WallClock}"
        : $"{name}_{WallClock}";

    /// <summary>The name in the database of a column of the lake.</summary>
    /// <param name="name">Its name in the lake.</param>
    public static string NameInDatabase(string name) =>
        name == $"pump_{WallClock}" ? "pump_time"
        : name.EndsWith($"_{WallClock}", StringComparison.Ordinal) ? name[..^(WallClock.Length + 1)]
        : name;
}

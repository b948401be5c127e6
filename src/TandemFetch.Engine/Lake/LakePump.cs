namespace TandemFetch.Engine.Lake;

/// <summary>A pump of a database, and what the lake calls it.</summary>
/// <param name="PumpSerial">Its serial number, or its key if it has none.</param>
/// <param name="Name">Its name in the lake.</param>
/// <param name="Assignments">
/// The keys under which Tandem Source lists it, each with its name in the lake, the newest first.
/// </param>
/// <param name="TimeZone">Its IANA time zone.</param>
/// <param name="FormerNames">What the lake called it before the account listed its serial number.</param>
/// <param name="Weeks">By how many weeks its dates move into the past.</param>
internal sealed record LakePump(
    string PumpSerial,
    string Name,
    IReadOnlyList<(string Key, string NameInLake)> Assignments,
    string TimeZone,
    IReadOnlyList<string> FormerNames,
    int Weeks);

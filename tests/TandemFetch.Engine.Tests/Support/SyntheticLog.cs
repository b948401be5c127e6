using System.Globalization;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Source;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>A synthetic pump's log as entries that a test can serve in any order and slicing.</summary>
internal sealed class SyntheticLog
{
    // With a sparse log, one derived range contains everything, unless the entries are spread so that a pump's usual
    // number of positions lies between its days.
    private const long EntriesTogether = 40;
    private const long PlacesBetween = 1_000;

    public SyntheticLog(SyntheticPump pump, bool spread = false)
    {
        Pump = pump;
        foreach (var page in pump.Pages())
        {
            var answer = JsonNode.Parse(page.Json.Span)!;
            foreach (var entry in answer["events"]!.AsArray().Concat(answer["clockChanges"]!.AsArray()))
            {
                var number = (long)entry!["sequenceNumber"]!;
                number += spread ? number / EntriesTogether * PlacesBetween : 0;
                if (Entries.TryAdd(number, entry.DeepClone()))
                {
                    Entries[number]["sequenceNumber"] = number;
                }
            }
        }
    }

    public SyntheticPump Pump { get; }

    /// <summary>All entries by sequence number.</summary>
    public SortedDictionary<long, JsonNode> Entries { get; } = [];

    public IEnumerable<JsonNode> ClockChanges => Entries.Values.Where(IsClockChange);

    /// <summary>A pump as the account shows it.</summary>
    public SourcePump Account => new(
        Pump.AssignmentId,
        "90001234",
        "t:slim X2",
        "7.8.0.0",
        "Control-IQ",
        Entries.Values.Min(Clock),
        Clock(Entries.Values.Last()),
        Pump.LastUpload,
        null,
        null);

    public static SyntheticLog Of(
        ulong seed,
        int days,
        bool sparse,
        ClockHabits? clock = null,
        string zone = "America/New_York",
        DateTimeOffset? start = null,
        bool spread = false,
        ControlAlgorithm? algorithm = null)
    {
        var begin = start ?? new DateTimeOffset(2024, 2, 20, 6, 0, 0, TimeSpan.Zero).AddDays(seed % 300);
        return new SyntheticLog(new SyntheticPump(new SyntheticPumpOptions
        {
            Seed = seed,
            Start = begin,
            End = begin.AddDays(days),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            Sparse = sparse,
            Algorithm = algorithm,
            Clock = (clock ?? new ClockHabits()).WithoutMishaps(),
        }), spread);
    }

    /// <summary>A source that serves these entries for the requested days of pump time.</summary>
    public StubSource Serving(IReadOnlyCollection<JsonNode> entries, IReadOnlyCollection<JsonNode>? clockChanges = null)
    {
        var changes = Array(clockChanges ?? [.. ClockChanges]);
        var days = entries.ToLookup(entry => DateOnly.FromDateTime(Clock(entry)));
        return new StubSource([Account], (_, first, last) =>
            $$"""{"events": [{{Array(days.Where(day => day.Key >= first && day.Key <= last).SelectMany(day => day))}}], "clockChanges": [{{changes}}]}""");
    }

    public static bool IsClockChange(JsonNode entry) => (int)entry["eventCode"]! is 13 or 14;

    private static string Array(IEnumerable<JsonNode> entries) => string.Join(",", entries.Select(entry => entry.ToJsonString()));

    private static DateTime Clock(JsonNode entry) =>
        DateTime.ParseExact((string)entry["pumpDateTime"]!, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}

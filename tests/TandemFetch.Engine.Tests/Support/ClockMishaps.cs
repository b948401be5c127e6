using System.Globalization;
using System.Text.Json.Nodes;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>
/// A synthetic log in which, in addition to everything that its owner does to the clock, the date was wrong for a while
/// now and then and the battery was empty. Each empty battery follows an upload.
/// </summary>
internal sealed class ClockMishaps
{
    /// <summary>Each position of the synthetic log becomes this many here, to leave space for settings.</summary>
    public const long PlacesApart = 10;

    private static readonly DateTime Epoch = new(2008, 1, 1);

    private readonly SyntheticLog _log;
    private readonly Random _random;
    private readonly SortedDictionary<long, JsonNode> _entries = [];
    private readonly List<long> _uploads = [];
    private readonly List<(long First, long Last)> _used = [];

    public ClockMishaps(SyntheticLog log, ulong seed, int slips, int batteries)
    {
        _log = log;
        _random = new Random((int)seed);
        foreach (var (position, entry) in log.Entries)
        {
            Add(position * PlacesApart, entry.DeepClone());
        }

        for (var slip = 0; slip < slips; slip++)
        {
            Slip(Stretch(longest: 300));
        }

        for (var battery = 0; battery < batteries; battery++)
        {
            EmptyBattery(Stretch(longest: 20));
        }

        _uploads.Sort();
    }

    /// <summary>The account with its log, at each upload in turn; the last one has everything.</summary>
    public IEnumerable<StubSource> Uploads(Func<long, DateTimeOffset> truth)
    {
        foreach (var last in _uploads.Append(_entries.Keys.Last()))
        {
            var entries = _entries.Where(entry => entry.Key <= last).Select(entry => entry.Value).ToList();
            var newest = Clock(entries[^1]);
            var upload = truth(last / PlacesApart).AddMinutes(2);
            var pump = _log.Account with { FirstEvent = newest, LastEvent = newest, LastUpload = upload };
            var json = Page(entries);
            yield return new StubSource([pump], (_, _, _) => json);
        }
    }

    /// <summary>The date is set wrong, and right again.</summary>
    private void Slip(List<long> places)
    {
        var days = _random.Next(1, 800) * (_random.Next(2) == 0 ? 1 : -1);
        var (first, last) = (places[0] * PlacesApart, places[^1] * PlacesApart);
        var (begun, ended) = (Clock(_entries[first]), Clock(_entries[last]));
        foreach (var place in places)
        {
            Move(place * PlacesApart, TimeSpan.FromDays((double)days));
        }

        SetDate(first - 2, begun, begun.AddDays(days));
        SetDate(last + 2, ended.AddDays(days), ended);
    }

    /// <summary>The clock begins in 2008, and is set again some entries later.</summary>
    private void EmptyBattery(List<long> places)
    {
        var (first, last) = (places[0] * PlacesApart, places[^1] * PlacesApart);
        var (begun, ended) = (Clock(_entries[first]), Clock(_entries[last]));
        var jump = Epoch.AddSeconds(30) - begun;
        foreach (var place in places)
        {
            Move(place * PlacesApart, jump);
        }

        var right = ended.AddSeconds(20);
        var wrong = right + jump;
        SetDate(last + 1, wrong, right.Date + wrong.TimeOfDay);
        Add(last + 2, Entry(13, right, ("timePrior", (long)wrong.TimeOfDay.TotalMilliseconds), ("timeAfter", (long)right.TimeOfDay.TotalMilliseconds)));
        _uploads.Add(_log.Entries.Keys.Last(place => place < places[0]) * PlacesApart);
    }

    /// <summary>Some consecutive entries, none of which is a setting, near one, or near another mishap.</summary>
    private List<long> Stretch(int longest)
    {
        var places = _log.Entries.Keys.ToList();
        var settings = _log.ClockChanges.Select(change => (long)change["sequenceNumber"]!).ToList();
        while (true)
        {
            var (first, count) = (_random.Next(places.Count / 10, places.Count - longest - 100), _random.Next(5, longest));
            var (from, to) = (places[first - 50], places[first + count + 50]);
            if (!settings.Exists(setting => setting >= from && setting <= to) && !_used.Exists(used => used.First <= to && used.Last >= from))
            {
                _used.Add((from, to));
                return places.GetRange(first, count);
            }
        }
    }

    private void SetDate(long place, DateTime before, DateTime after) =>
        Add(place, Entry(14, after, ("datePrior", (before.Date - Epoch).Days), ("dateAfter", (after.Date - Epoch).Days)));

    private void Move(long place, TimeSpan by) => _entries[place]["pumpDateTime"] = Text(Clock(_entries[place]) + by);

    private void Add(long place, JsonNode entry)
    {
        entry["sequenceNumber"] = place;
        _entries.Add(place, entry);
    }

    private JsonObject Entry(int code, DateTime clock, params (string Name, long Value)[] properties)
    {
        var template = _log.Entries.Values.First();
        return new JsonObject
        {
            ["deviceAssignmentId"] = template["deviceAssignmentId"]!.DeepClone(),
            ["eventCode"] = code,
            ["sequenceGroup"] = template["sequenceGroup"]!.DeepClone(),
            ["pumpDateTime"] = Text(clock),
            ["estimatedDateTime"] = Text(clock) + "Z",
            ["eventProperties"] = new JsonObject(properties.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)property.Value))),
        };
    }

    private static string Page(IReadOnlyCollection<JsonNode> entries)
    {
        var changes = entries.Where(SyntheticLog.IsClockChange);
        return $$"""{"events": [{{Array(entries)}}], "clockChanges": [{{Array(changes)}}]}""";

        static string Array(IEnumerable<JsonNode> nodes) => string.Join(",", nodes.Select(node => node.ToJsonString()));
    }

    private static string Text(DateTime clock) => clock.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    private static DateTime Clock(JsonNode entry) =>
        DateTime.ParseExact((string)entry["pumpDateTime"]!, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}

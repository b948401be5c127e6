using System.Globalization;
using System.Text.RegularExpressions;

namespace TandemFetch.Sandbox.Logs;

/// <summary>The query of a <c>pump-logs</c> request, checked as strictly as the real server does.</summary>
/// <param name="PumperId">Whose pump.</param>
/// <param name="FirstDay">First day, pump wall clock.</param>
/// <param name="LastDay">Last day, pump wall clock.</param>
/// <param name="Codes">The requested codes; null for all.</param>
internal sealed partial record PumpLogQuery(string PumperId, DateOnly FirstDay, DateOnly LastDay, HashSet<int>? Codes)
{
    private static readonly string[] Keys = ["pumperId", "startDate", "endDate", "eventCodes"];

    /// <summary>Parses the query; otherwise returns the body of the rejection.</summary>
    /// <param name="query">What was sent.</param>
    /// <param name="requiresCodes">Whether <c>eventCodes</c> may not be left out.</param>
    public static (PumpLogQuery? Query, object? Refusal) Read(IQueryCollection query, bool requiresCodes = false)
    {
        var unrecognized = query.Keys.Where(k => !Keys.Contains(k)).ToArray();
        if (unrecognized.Length > 0)
        {
            return (null, Issue("unrecognized_keys", "", $"Unrecognized key(s) in object: '{string.Join("', '", unrecognized)}'"));
        }

        foreach (var key in Keys.Take(3))
        {
            if (query[key].Count != 1)
            {
                return (null, Issue("invalid_type", key, query[key].Count == 0 ? "Required" : "Expected string, received array"));
            }
        }

        HashSet<int>? codes = null;
        if (!query.TryGetValue("eventCodes", out var list))
        {
            if (requiresCodes)
            {
                return (null, Issue("invalid_type", "eventCodes", "Required"));
            }
        }
        else if (list.Count > 1)
        {
            // Repeated keys are not rejected, and find nothing.
            codes = [];
        }
        else
        {
            codes = [];
            foreach (var item in list.ToString().Split(','))
            {
                if (!int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                {
                    return (null, Issue("invalid_string", "eventCodes", "Invalid"));
                }

                codes.Add(code);
            }
        }

        return Day(query["startDate"].ToString(), "T00:00:00Z") is { } first
            && Day(query["endDate"].ToString(), "T23:59:59Z") is { } last
            && first <= last
            ? (new PumpLogQuery(query["pumperId"].ToString(), first, last, codes), null)
            : (null, new Dictionary<string, string> { ["message"] = "Check input parameters." });
    }

    private static object Issue(string code, string key, string message) => new
    {
        error = new
        {
            issues = new[] { new { code, path = key.Length == 0 ? Array.Empty<string>() : [key], message } },
            name = "ZodError",
        },
    };

    private static DateOnly? Day(string text, string end) =>
        DayAndTime().IsMatch(text) && text.EndsWith(end, StringComparison.Ordinal)
        && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\z")]
    private static partial Regex DayAndTime();
}

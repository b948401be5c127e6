using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace TandemFetch.Sandbox.Nightscout.Queries;

/// <summary>Reads a query such as <c>?find[date][$gte]=1&amp;count=3</c> as nested objects of texts.</summary>
internal static class BracketQuery
{
    private const int LongestList = 20;

    public static JsonObject Read(string query)
    {
        var root = new JsonObject();
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = parts.Length == 2 ? WebUtility.UrlDecode(parts[1]) : string.Empty;
            Set(root, PathOf(WebUtility.UrlDecode(parts[0])), value);
        }

        return root;
    }

    private static List<string> PathOf(string name)
    {
        var path = new List<string>();
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        path.Add(bracket < 0 ? name : name[..bracket]);
        while (bracket >= 0 && name.IndexOf(']', bracket) is var end and >= 0)
        {
            path.Add(name[(bracket + 1)..end]);
            bracket = name.IndexOf('[', end);
        }

        return path;
    }

    private static void Set(JsonObject root, List<string> path, string value)
    {
        var holder = root;
        for (var i = 0; i < path.Count - 1; i++)
        {
            if (i == path.Count - 2 && IsIndex(path[^1]))
            {
                Append(holder, path[i], value);
                return;
            }

            if (holder[path[i]] is not JsonObject next)
            {
                holder[path[i]] = next = [];
            }

            holder = next;
        }

        if (holder.ContainsKey(path[^1]))
        {
            Append(holder, path[^1], value);
        }
        else
        {
            holder[path[^1]] = value;
        }
    }

    private static bool IsIndex(string part) =>
        part.Length == 0
        || (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= LongestList);

    private static void Append(JsonObject holder, string name, string value)
    {
        switch (holder[name])
        {
            case JsonArray list:
                list.Add(value);
                break;
            case null:
                holder[name] = new JsonArray(value);
                break;
            case var single:
                holder.Remove(name);
                holder[name] = new JsonArray(single, value);
                break;
        }
    }
}

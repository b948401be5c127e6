namespace TandemFetch.Engine.Reading;

/// <summary>Finds the names that somebody may have meant.</summary>
internal static class NearestNames
{
    private const int NearEnough = 3;
    private const int MostNames = 3;

    // All names of log entries begin with it, and people leave it out.
    private const string LogPrefix = "LID_";

    /// <summary>The names that resemble or contain what was typed, the nearest first; at most three.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">The names that exist.</param>
    public static IReadOnlyList<string> Find(string typed, IEnumerable<string> names) =>
    [
        .. names.Select(name => (Name: name, Distance: EditDistance(Bare(typed), Bare(name))))
            .Where(near =>
                near.Distance <= NearEnough || near.Name.Contains(typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(near => near.Distance)
            .Take(MostNames)
            .Select(near => near.Name),
    ];

    private static string Bare(string name)
    {
        var upper = name.ToUpperInvariant();
        return upper.StartsWith(LogPrefix, StringComparison.Ordinal) ? upper[LogPrefix.Length..] : upper;
    }

    /// <summary>
    /// The number of characters that must be changed, added or removed to get from one word to another.
    /// </summary>
    private static int EditDistance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}

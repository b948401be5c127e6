namespace TandemFetch.Engine.Queries;

/// <summary>Names of columns as names of properties.</summary>
internal static class UniqueColumnNames
{
    /// <summary>
    /// Gives every column a unique name, ignoring case: a second <c>name</c> becomes <c>name_2</c>, a blank third
    /// column <c>column_3</c>.
    /// </summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> names)
    {
        var given = names.ToList();
        var taken = new HashSet<string>(given, StringComparer.OrdinalIgnoreCase);
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var kept = new List<string>(given.Count);
        for (var place = 0; place < given.Count; place++)
        {
            var name = string.IsNullOrWhiteSpace(given[place]) ? $"column_{place + 1}" : given[place];
            var unique = name;
            for (var copy = 2; used.Contains(unique) || (unique != given[place] && taken.Contains(unique)); copy++)
            {
                unique = $"{name}_{copy}";
            }

            used.Add(unique);
            kept.Add(unique);
        }

        return kept;
    }
}

using System.Text.RegularExpressions;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Tables;

/// <summary>
/// What all derivations share: the macros in <c>macros.sql</c>, and those generated from the definitions of the tables.
/// </summary>
internal static partial class TableMacros
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Macros = new(Load);

    /// <summary>The statements that create all macros, for one connection.</summary>
    public static string Script => string.Join('\n', Macros.Value.Values);

    /// <summary>The text of the macros that statements use, and of those that these macros use.</summary>
    public static string UsedBy(string sql)
    {
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(sql);
        return string.Join('\n', used.Values);

        void Collect(string text)
        {
            foreach (var name in Call().Matches(text).Select(match => match.Groups[1].Value))
            {
                if (Macros.Value.TryGetValue(name, out var macro) && used.TryAdd(name, macro))
                {
                    Collect(macro);
                }
            }
        }
    }

    private static Dictionary<string, string> Load()
    {
        var shared = SqlResource.Read($"{typeof(TableMacros).Namespace}.macros.sql");
        return Definition().Matches(string.Join('\n', Generated().Prepend(shared)))
            .ToDictionary(match => match.Groups[1].Value, match => match.Value);
    }

    private static IEnumerable<string> Generated()
    {
        var tables = DomainTables.All.Where(table => table.EventCodes.Count > 0).ToList();
        foreach (var table in tables)
        {
            yield return Macro($"is_{table.Name}_entry(event_id)", In(table.EventCodes));
            yield return Macro($"begins_{table.Name}(event_id)", In(table.RowCodes));
        }

        var rare = tables.Where(table => table.Source == TableSource.TherapyEntries).ToList();
        yield return Macro("is_therapy_entry(event_id)", In(rare.SelectMany(table => table.EventCodes).Distinct()));
        var subjects = rare.Where(table => table.Subject is not null)
            .Select(table => $"WHEN {In(table.EventCodes)} THEN {table.Subject!.Trim()}");
        yield return Macro("entry_subject(event_id, event_data)", $"CASE\n{string.Join('\n', subjects)}\nEND");
    }

    private static string In(IEnumerable<int> codes) => $"event_id IN ({string.Join(", ", codes)})";

    private static string Macro(string signature, string body) =>
        $"CREATE OR REPLACE TEMP MACRO {signature} AS {body};";

    [GeneratedRegex(@"^CREATE OR REPLACE TEMP MACRO (\w+)\(.*?;$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\b(\w+)\(")]
    private static partial Regex Call();
}

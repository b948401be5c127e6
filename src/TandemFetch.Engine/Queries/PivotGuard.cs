using System.Text.RegularExpressions;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Queries;

/// <summary>
/// Decides whether a PIVOT that takes its columns from the data only reads. DuckDB runs it as several statements: it
/// creates a temporary type with the values of each column, then it reads. There is no parsed tree of that, so the text
/// is judged: it must be one query, and every word before a parenthesis, wherever it occurs, must be a keyword or a
/// function that is known to only read. A harmless text may be refused, but no call goes unnoticed, because every call
/// has a parenthesis.
/// </summary>
internal static partial class PivotGuard
{
    private const string Advice = " Specify the values: PIVOT … ON column IN (…).";

    // A parenthesis after one of these groups, and calls nothing. A slash cannot end a comment, because there is none.
    private const string Punctuation = "(,=<>+-*/%[|&~:";

    private const string Blanks = " \t\r\n";

    private static readonly string OnlyReads =
        SqlResource.Read("TandemFetch.Engine.Queries.Statements.only_reads.sql");

    /// <summary>Whether a text that has no parsed tree is a query with a PIVOT.</summary>
    public static bool IsPivot(string text) => Query().IsMatch(text) && Pivot().IsMatch(text);

    /// <summary>Whether a statement cannot be prepared yet because the types of its PIVOT do not exist yet.</summary>
    public static bool IsPending(TandemException failure) =>
        failure.Message.Contains("__pivot_enum_", StringComparison.Ordinal);

    /// <summary>What keeps a PIVOT from being run; null if it only reads.</summary>
    public static string? Objection(TandemDatabase database, string text)
    {
        var query = text[Query().Match(text).Groups["blank"].Length..].TrimEnd().TrimEnd(';');
        if (Unclear().Match(query) is { Success: true } unclear)
        {
            return "A PIVOT without IN must be one query without comments, but this text contains "
                + $"'{unclear.Value}'.{Advice}";
        }

        for (var place = query.IndexOf('('); place >= 0; place = query.IndexOf('(', place + 1))
        {
            if (Before(query, place) is { } word && !IsHarmless(database, word))
            {
                return $"It is not known that {word}() only reads.{Advice}";
            }
        }

        return null;
    }

    /// <summary>What a parenthesis follows; null if it only groups.</summary>
    private static string? Before(string query, int place)
    {
        var before = query[..place].TrimEnd([.. Blanks]);
        if (before.Length == 0 || Punctuation.Contains(before[^1], StringComparison.Ordinal))
        {
            return null;
        }

        var start = before.LastIndexOfAny([.. Blanks, .. Punctuation, '.']) + 1;
        return before[start..];
    }

    private static bool IsHarmless(TandemDatabase database, string word) =>
        ReadOnlyGuard.Reading.Contains(word)
        || (!ReadOnlyGuard.Changing.Contains(word) && database.Scalar<bool>(OnlyReads, new { word }));

    [GeneratedRegex(
        @"\A(?<blank>" + ReadOnlyGuard.Blank + @")(?:SELECT|FROM|WITH|PIVOT|PIVOT_WIDER)\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Query();

    [GeneratedRegex(@"\bPIVOT(?:_WIDER)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pivot();

    // Where a comment ends, and what stands between two statements, is for DuckDB to say. A WITH may also write.
    [GeneratedRegex(
        @"--|/\*|;|\b(?:INSERT|UPDATE|DELETE|MERGE)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unclear();
}

using System.Globalization;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Reading;

/// <summary>
/// A condition on a column, which the database checks. Everything that a user typed is inserted as an escaped literal.
/// </summary>
public sealed class ColumnCondition
{
    private ColumnCondition(string sql) => Sql = sql;

    internal string Sql { get; }

    /// <summary>The column contains one of these numbers.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="values">At least one number.</param>
    public static ColumnCondition OneOf(string column, IEnumerable<int> values) =>
        new($"{SqlText.Identifier(column)} IN ({string.Join(", ", values.Select(value => Number(value)))})");

    /// <summary>The text in the column matches one of these patterns, in upper or lower case.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="patterns">Texts with <c>*</c> and <c>?</c> as wildcards; without any, no row matches.</param>
    public static ColumnCondition Matching(string column, IEnumerable<string> patterns)
    {
        var likes = patterns.Select(pattern => $"{SqlText.Identifier(column)} ILIKE {Pattern(pattern)} ESCAPE '\\'");
        return new($"({string.Join(" OR ", likes.DefaultIfEmpty("false"))})");
    }

    /// <summary>The column is at least this number.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="limit">The least number that is included.</param>
    public static ColumnCondition AtLeast(string column, decimal limit) => new(Comparison(column, ">=", limit));

    /// <summary>The column is less than this number.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="limit">The least number that is no longer included.</param>
    public static ColumnCondition LessThan(string column, decimal limit) => new(Comparison(column, "<", limit));

    /// <summary>The column is greater than this number.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="limit">The greatest number that is not included.</param>
    public static ColumnCondition GreaterThan(string column, decimal limit) => new(Comparison(column, ">", limit));

    private static string Comparison(string column, string comparison, decimal limit) =>
        $"{SqlText.Identifier(column)} {comparison} {Number(limit)}";

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A wildcard pattern as a LIKE pattern.</summary>
    private static string Pattern(string wildcard) => SqlText.Literal(wildcard
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal)
        .Replace('*', '%')
        .Replace('?', '_'));
}

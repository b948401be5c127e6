using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>
/// Offers tables and columns for the last word of a query: tables where SQL expects a table, otherwise the columns of
/// the tables that the query names, or of all if it names none.
/// </summary>
internal sealed partial class SqlCompleter : FileCompleter
{
    private string _before = "";

    /// <inheritdoc/>
    public override IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var query = AsTyped(commandAst, wordToComplete ?? "");
        var quote = query is ['\'' or '"', ..] ? query[..1] : "";
        var isClosed = quote.Length > 0 && query.Length > 1 && query.EndsWith(quote, StringComparison.Ordinal);
        var closing = isClosed ? quote : "";
        query = query[..^closing.Length];
        var word = LastWord().Match(query);
        _before = query[..word.Index];
        return base.CompleteArgument(commandName, parameterName, word.Value, commandAst, fakeBoundParameters)
            .Select(found => new CompletionResult(
                _before + Written(found.ListItemText, quote) + closing,
                found.ListItemText,
                found.ResultType,
                found.ToolTip));
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> WordsOf(
        TandemDatabase database, IDictionary parameters)
    {
        var tables = TableReader.Describe(database);
        if (BeforeTable().IsMatch(_before))
        {
            return tables.Select(table => (table.Table, table.Description));
        }

        var named = Word().Matches(_before).Select(word => word.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var used = tables.Where(table => named.Contains(table.Table)).ToList();
        return (used.Count > 0 ? used : tables)
            .SelectMany(table => table.Columns.Select(column => (table.Table, Column: column)))
            .GroupBy(found => found.Column.Name)
            .Select(found => (found.Key, (string?)string.Join("; ", found.Select(HintOf))));
    }

    private static string HintOf((string Table, TableColumn Column) found) =>
        $"{found.Table}: {found.Column.Type}: {found.Column.Description}";

    /// <summary>
    /// The query as it stands in the command, with its opening quote. What the completer receives lacks the variables
    /// of a text in double quotes.
    /// </summary>
    private static string AsTyped(CommandAst command, string wordToComplete) =>
        command.CommandElements
            .Where(element => element is StringConstantExpressionAst or ExpandableStringExpressionAst)
            .Select(element => element.Extent.Text)
            .LastOrDefault(text => text.StartsWith(wordToComplete.Split(' ')[0], StringComparison.Ordinal))
        ?? wordToComplete;

    /// <summary>The name as SQL writes it, in a PowerShell text with these quotes.</summary>
    private static string Written(string name, string quote)
    {
        var sql = PlainName().IsMatch(name) ? name : TableReader.Quoted(name);
        return quote.Length == 0 ? sql : sql.Replace(quote, quote + quote, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\w*$")]
    private static partial Regex LastWord();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex PlainName();

    [GeneratedRegex(@"\b(from|join|into|update|table|describe|summarize)\s+$", RegexOptions.IgnoreCase)]
    private static partial Regex BeforeTable();
}

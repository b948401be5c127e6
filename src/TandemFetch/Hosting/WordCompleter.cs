using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace TandemFetch.Hosting;

/// <summary>
/// Offers the words of a list that begin with what was typed, then those that contain it. If anything goes wrong, it
/// offers nothing.
/// </summary>
internal abstract class WordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public virtual IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? "").Trim('\'', '"').Trim('*');
        try
        {
            return [.. Words(fakeBoundParameters)
                .Where(word => Matches(word, typed))
                .OrderBy(word => !word.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Select(word => new CompletionResult(
                    Quoted(word.Text), word.Text, CompletionResultType.ParameterValue, word.Hint ?? word.Text))];
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // Somebody is typing, so an error would be in the way; the command itself will report what is wrong.
            return [];
        }
    }

    /// <summary>The words, with the text shown beside them.</summary>
    /// <param name="parameters">The parameters that were typed so far.</param>
    protected abstract IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters);

    /// <summary>Whether a word is offered for what was typed.</summary>
    protected virtual bool Matches((string Text, string? Hint) word, string typed) =>
        word.Text.Contains(typed, StringComparison.OrdinalIgnoreCase);

    private static string Quoted(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '/' or '-' or '+') ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

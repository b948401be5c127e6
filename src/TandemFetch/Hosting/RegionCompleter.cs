using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>Offers the two regions.</summary>
internal sealed class RegionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Enum.GetNames<TandemRegion>()
            .Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name));
}

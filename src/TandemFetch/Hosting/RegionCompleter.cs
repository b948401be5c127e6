using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using TandemFetch.Engine.Source;

namespace TandemFetch.Hosting;

/// <summary>Offers the regions.</summary>
internal sealed class RegionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        TandemRegion.All
            .Where(region => region.Name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(region => new CompletionResult(
                region.Name, region.Name, CompletionResultType.ParameterValue, $"Serves {region.Countries}."));
}

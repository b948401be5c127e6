using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Lists the tables of the database: what they hold, how many rows, from when to when, and their columns with types and units.</summary>
[Cmdlet(VerbsCommon.Get, "TandemTable")]
[OutputType(typeof(DatabaseTable))]
public sealed class GetTandemTableCommand : DatabaseCommand
{
    /// <summary>Only tables with one of these names; <c>*</c> and <c>?</c> stand for any text and any character. All tables unless given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TableCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Table { get; set; } = ["*"];

    /// <summary>Includes the tables in which the pipeline keeps its own books. Their names begin with <c>bookkeeping.</c></summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var found = new List<DatabaseTable>();
        var failures = new List<TandemException>();
        using (var database = OpenDatabase(DatabaseAccess.Read))
        {
            var tables = TableReader.Describe(database, All || Table.Any(name => name.StartsWith("bookkeeping.", StringComparison.OrdinalIgnoreCase)));
            foreach (var name in Table)
            {
                var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
                var matching = tables.Where(table => pattern.IsMatch(table.Table)).ToList();
                if (matching.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                {
                    failures.Add(TableReader.UnknownTable(name, tables));
                }

                foreach (var table in matching.Where(table => found.All(known => known.Table != table.Table)))
                {
                    StopToken.ThrowIfCancellationRequested();
                    found.Add(TableReader.Measure(database, table));
                }
            }
        }

        // The file is closed by now, so that what comes next in the pipeline may write it.
        failures.ForEach(WriteFailure);
        WriteObject(found, enumerateCollection: true);
    }
}

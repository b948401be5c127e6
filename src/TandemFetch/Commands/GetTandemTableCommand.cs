using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Reading;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets the tables and views of the database with their rows, times and columns.</summary>
[Cmdlet(VerbsCommon.Get, "TandemTable")]
[OutputType(typeof(DatabaseTable))]
public sealed class GetTandemTableCommand : StoredDataCommand
{
    /// <summary>
    /// Includes only tables with one of these names, which may contain wildcards. All tables by default.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TableCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Table { get; set; } = ["*"];

    /// <summary>
    /// Includes the tables that the pipeline uses for its own bookkeeping. Their names begin with <c>bookkeeping.</c>
    /// </summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var found = new List<DatabaseTable>();
        var failures = new List<TandemException>();
        using (var database = OpenStored())
        {
            if (Lake is not null)
            {
                LakeDatabase.Describe(database);
            }

            var tables = TableReader.Describe(database, All || Table.Any(TableReader.IsBookkeeping));
            foreach (var name in Table)
            {
                var pattern = WildcardPattern.Get(name, NameWildcards);
                var matching = tables.Where(table => pattern.IsMatch(table.Table)).ToList();
                if (matching.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                {
                    failures.Add(TableReader.UnknownTable(name, tables));
                }

                foreach (var table in matching.Where(table => found.All(known => known.Table != table.Table)))
                {
                    StopToken.ThrowIfCancellationRequested();
                    try
                    {
                        found.Add(TableReader.Measure(database, table));
                    }
                    catch (TandemException failure) when (failure.ErrorId == TableReader.Unreadable)
                    {
                        failures.Add(failure);
                    }
                }
            }
        }

        // The file is closed by now, so that the next command in the pipeline can write it.
        failures.ForEach(WriteFailure);
        WriteObject(found, enumerateCollection: true);
    }
}

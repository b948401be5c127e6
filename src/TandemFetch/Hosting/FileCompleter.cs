using System.Collections;
using System.Management.Automation;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Settings;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Hosting;

/// <summary>
/// Offers words from the database if it can be read immediately: nobody waits for a lock while typing a word.
/// </summary>
internal abstract class FileCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected sealed override IEnumerable<(string Text, string? Hint)> Words(IDictionary parameters)
    {
        // A completer gets no session state, but it runs in the runspace of the prompt, which has one.
        var engine = (EngineIntrinsics)ScriptBlock.Create("$ExecutionContext").Invoke()[0].BaseObject;
        try
        {
            var path = DatabaseCommand.ResolveDatabasePath(
                parameters["Database"]?.ToString(), UserSettings.Load(), engine.SessionState.Path);
            using var database = parameters["Lake"]?.ToString() is { } lake
                ? OpenLake(LakeSource.Folder(lake, engine.SessionState.Path))
                : DatabaseFile.OpenAsync(path, DatabaseAccess.Read, TimeSpan.Zero, CancellationToken.None).GetAwaiter().GetResult();
            return [.. WordsOf(database, parameters)];
        }
        catch (Engine.TandemException)
        {
            return WordsWithoutFile();
        }
    }

    /// <summary>Opens what is needed of a lake.</summary>
    protected virtual TandemDatabase OpenLake(LakeFolder lake) => LakeDatabase.Open(lake, [], _ => { });

    /// <summary>The words from the file.</summary>
    protected abstract IEnumerable<(string Text, string? Hint)> WordsOf(TandemDatabase database, IDictionary parameters);

    /// <summary>The words if the file cannot be opened.</summary>
    protected virtual IEnumerable<(string Text, string? Hint)> WordsWithoutFile() => [];
}

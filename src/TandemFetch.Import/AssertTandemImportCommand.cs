using System.Management.Automation;

namespace TandemFetch.Import;

/// <summary>
/// Reports an error if this process has already loaded the module from another folder. Only the module itself calls it,
/// while it is imported.
/// </summary>
[Cmdlet(VerbsLifecycle.Assert, "TandemImport")]
public sealed class AssertTandemImportCommand : PSCmdlet
{
    private const string Module = "TandemFetch";

    /// <summary>The folder of the module that is imported.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Folder { get; set; } = "";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetName().Name == Module
                && Path.GetDirectoryName(assembly.Location) is { } loaded
                && !loaded.Equals(Folder, StringComparison.OrdinalIgnoreCase))
            {
                throw SecondVersion(loaded);
            }
        }
    }

    private RuntimeException SecondVersion(string loaded)
    {
        var message = $"This session has already loaded {Module} from '{loaded}'. "
            + $"Start a new session to use the one in '{Folder}'.";
        var error = new ErrorRecord(
            new InvalidOperationException(message), "ModuleAlreadyLoaded", ErrorCategory.ResourceExists, Folder);

        // Ends the import, as throw does in a script; any other error of a command ends only its statement.
        return new RuntimeException(message, error.Exception, error) { WasThrownFromThrowStatement = true };
    }
}

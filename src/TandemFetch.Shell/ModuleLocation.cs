namespace TandemFetch.Shell;

/// <summary>Where the built module is.</summary>
internal static class ModuleLocation
{
    private const string Variable = "TANDEMFETCH_MODULE";

    private static readonly string BuiltManifest = Path.Join("out", "TandemFetch", "TandemFetch.psd1");

    /// <summary>The manifest that <c>$env:TANDEMFETCH_MODULE</c> names, else the one built in the repository around this program.</summary>
    /// <exception cref="FileNotFoundException">Neither is there.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Join(folder.FullName, BuiltManifest);
            if (File.Exists(manifest))
            {
                return manifest;
            }
        }

        throw new FileNotFoundException(
            $"{BuiltManifest} is in no folder above {AppContext.BaseDirectory}. Build the solution, or set {Variable} to the module's manifest.");
    }
}

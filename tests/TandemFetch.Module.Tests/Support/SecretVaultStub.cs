namespace TandemFetch.Module.Tests.Support;

/// <summary>A module that stands in for Microsoft.PowerShell.SecretManagement.</summary>
internal static class SecretVaultStub
{
    private const string Name = "Microsoft.PowerShell.SecretManagement";

    /// <summary>Writes the module into a folder, which becomes the <c>PSModulePath</c> of another process.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="secrets">
    /// The secrets as cases of a <c>switch</c> over their names, such as <c>'Api' { 'a secret' }</c>.
    /// </param>
    public static Task WriteAsync(string folder, string secrets)
    {
        var module = Directory.CreateDirectory(Path.Join(folder, Name)).FullName;
        return File.WriteAllTextAsync(
            Path.Join(module, Name + ".psm1"),
            $$"""
            function Get-Secret {
                [CmdletBinding()] param([string] $Name)
                switch ($Name) {
                    {{secrets}}
                }
            }
            """,
            TestContext.Current.CancellationToken);
    }
}

using TandemFetch.Sandbox;

namespace TandemFetch.Benchmarks;

/// <summary>What a pwsh needs in its environment to use a sandbox.</summary>
internal static class SandboxAccount
{
    /// <summary>The environment variables, with a folder for settings and tokens.</summary>
    public static Dictionary<string, string> EnvironmentOf(SandboxServer sandbox, string workFolder, string database) => new()
    {
        ["TANDEM_CONFIG"] = Directory.CreateDirectory(Path.Combine(workFolder, "config")).FullName,
        ["TANDEM_DATABASE"] = Path.Combine(workFolder, database),
        ["TANDEM_ENDPOINT"] = sandbox.BaseAddress.GetLeftPart(UriPartial.Authority),
        ["TANDEM_EMAIL"] = SandboxOptions.Email,
        ["TANDEM_PASSWORD"] = SandboxOptions.Password,
        ["TANDEM_REGION"] = "US",
        ["TANDEM_TIME_ZONE"] = PageFolder.Zone,
    };
}

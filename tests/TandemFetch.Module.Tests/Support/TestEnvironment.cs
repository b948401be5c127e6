using System.Runtime.CompilerServices;

namespace TandemFetch.Module.Tests.Support;

/// <summary>Isolates tests, and the processes that they start, from the settings of the machine's user.</summary>
internal static class TestEnvironment
{
    [ModuleInitializer]
    internal static void Isolate()
    {
        foreach (var name in new[]
        {
            "EMAIL", "PASSWORD", "REGION", "TIME_ZONE", "ENDPOINT", "DATABASE", "GLUCOSE_UNIT", "CREDENTIAL_SECRET",
            "REPORT_PRESET", "REPORT_TITLE", "REPORT_NO_DAILY", "REPORT_AS_PDF", "REPORT_OPEN",
        })
        {
            Environment.SetEnvironmentVariable($"TANDEM_{name}", null);
        }

        var folder = Directory.CreateTempSubdirectory("tandemfetch-config-").FullName;
        Environment.SetEnvironmentVariable("TANDEM_CONFIG", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>Real entries, kept outside the project; tests that need them are skipped if they are missing.</summary>
internal static class CapturedEntries
{
    private static readonly string? File = Find();

    public static string SkipReason => "The folder ../shared with captured entries is not here.";

    public static bool AreMissing => File is null;

    public static JsonObject Page() => JsonNode.Parse(System.IO.File.ReadAllText(File!))!.AsObject();

    private static string? Find([CallerFilePath] string source = "")
    {
        for (var folder = new DirectoryInfo(source).Parent; folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "vectors", "captured-events.json");
            if (System.IO.File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

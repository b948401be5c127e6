using System.Text;
using System.Text.Json;
using TandemFetch.Records;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>
/// The file of all calls, one line each: when, which tool, the arguments and how it ended, but none of the data. Only
/// its owner can read it.
/// </summary>
public sealed class AuditFile
{
    private const string FileName = "assistant-log.jsonl";

    // Years of calls. The older half of the file is kept under another name.
    private const long Longest = 8L << 20;

    private readonly object _gate = new();

    /// <summary>The audit file at a path.</summary>
    /// <param name="path">Its full path; it need not exist.</param>
    public AuditFile(string path) => Path = path;

    /// <summary>Its full path.</summary>
    public string Path { get; }

    private string OlderPath => Path + ".old";

    /// <summary>The audit file of the user.</summary>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    public static AuditFile OfUser(Func<string, string?>? environment = null) => new(System.IO.Path.GetFullPath(
        System.IO.Path.Combine(
            UserFolder.OfTokens(environment ?? Environment.GetEnvironmentVariable), FileName)));

    /// <summary>Checks that calls can be written.</summary>
    /// <exception cref="TandemException"><see cref="AssistantErrors.AuditFailed"/>.</exception>
    public void Check() => Append([]);

    /// <summary>Writes a call.</summary>
    /// <exception cref="TandemException"><see cref="AssistantErrors.AuditFailed"/>.</exception>
    public void Write(AssistantCall call) =>
        Append(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(call, AssistantJson.Options) + "\n"));

    /// <summary>The calls, oldest first.</summary>
    /// <exception cref="TandemException"><see cref="AssistantErrors.AuditInvalid"/>.</exception>
    public IEnumerable<AssistantCall> Read()
    {
        foreach (var path in (string[])[OlderPath, Path])
        {
            if (!File.Exists(path))
            {
                continue;
            }

            var options = new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete };
            using var lines = new StreamReader(path, Encoding.UTF8, true, options);
            for (var number = 1; lines.ReadLine() is { } line; number++)
            {
                yield return Parse(line, path, number);
            }
        }
    }

    private static AssistantCall Parse(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<AssistantCall>(line, AssistantJson.Options)
                ?? throw new JsonException("It is null.");
        }
        catch (JsonException broken)
        {
            throw new TandemException(
                AssistantErrors.AuditInvalid,
                TandemErrorKind.InvalidData,
                $"Line {number} of '{path}' is not a call. Remove the line to read the others.",
                path,
                broken);
        }
    }

    private void Append(byte[] line)
    {
        try
        {
            lock (_gate)
            {
                OwnerOnly.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
                if (new FileInfo(Path) is { Exists: true, Length: > Longest })
                {
                    File.Move(Path, OlderPath, overwrite: true);
                }

                if (!File.Exists(Path))
                {
                    OwnerOnly.CreateFile(Path).Dispose();
                }

                OwnerOnly.Restrict(Path);
                using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
                file.Write(line);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TandemException(
                AssistantErrors.AuditFailed,
                TandemErrorKind.ResourceUnavailable,
                $"Calls cannot be written to '{Path}', so none is run: {failure.Message}",
                Path,
                failure);
        }
    }
}

using System.Text;
using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Parsing;

namespace TandemFetch.Engine.Source;

/// <summary>
/// Reads <c>sensitive/credentials.toml</c>. Errors name the file, the line and the key, but never the value: a value in
/// the wrong place may be the password.
/// </summary>
internal static class CredentialFile
{
    private const int LongestFile = 64 * 1024;

    public static string PathUnder(string directory) =>
        Path.GetFullPath(Path.Combine(directory, "sensitive", "credentials.toml"));

    /// <summary>The contents of the file, or null if there is none.</summary>
    public static CredentialPlace? Read(string directory, IRunObserver observer)
    {
        var path = PathUnder(directory);
        if (!File.Exists(path))
        {
            return null;
        }

        WarnIfOthersCanRead(path, observer);
        var table = ReadTable(path);
        return new CredentialPlace
        {
            Name = path,
            Email = Text(table, "email", path),
            Password = Text(table, "password", path) is null ? null : () => PasswordIn(path),
            Region = Text(table, "region", path),
            PumpSerial = Text(table, "pump_serial", path),
            TimeZone = Text(table, "time_zone", path),
        };
    }

    // Read again at each sign-in, so that nothing has to keep the password in the meantime.
    private static string PasswordIn(string path) =>
        Text(ReadTable(path), "password", path)
        ?? throw new TandemException(
            SourceErrors.CredentialsIncomplete,
            TandemErrorKind.Authentication,
            $"{path} no longer has a password in its [tandem] table.",
            path);

    private static TomlTable ReadTable(string path)
    {
        TomlTable? root;
        try
        {
            // An untyped table silently accepts a duplicate key; the strict parser does not.
            var text = ReadText(path);
            SyntaxParser.ParseStrict(text, validate: true);
            root = TomlSerializer.Deserialize<TomlTable>(text);
        }
        catch (TomlException problem)
        {
            throw Malformed(path, problem.Line is { } line ? $"line {line} is not valid TOML" : "it is not valid TOML");
        }
        catch (Exception problem) when (problem is not (TandemException or OutOfMemoryException))
        {
            // The input is arbitrary bytes here; whatever the reader fails on, the file is at fault.
            throw Malformed(path, "it is not valid TOML");
        }

        return root is not null && root.TryGetValue("tandem", out var value) && value is TomlTable table
            ? table
            : throw Malformed(path, "it has no [tandem] table");
    }

    private static string ReadText(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > LongestFile)
            {
                throw Malformed(path, "it is far too long to be a credentials file");
            }

            using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw Malformed(path, "it is not UTF-8 text");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TandemException(
                SourceErrors.CredentialFileUnreadable,
                TandemErrorKind.PermissionDenied,
                $"The credentials file {path} cannot be read: {Sentence.Of(problem)}",
                path,
                problem);
        }
    }

    private static string? Text(TomlTable table, string key, string path)
    {
        if (!table.TryGetValue(key, out var value))
        {
            return null;
        }

        return value switch
        {
            string text => string.IsNullOrWhiteSpace(text) ? null : text,

            // Serial numbers are digits, and people omit the quotes.
            long number when key == "pump_serial" => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => throw Malformed(path, $"the key {key} must be a quoted string"),
        };
    }

    private static TandemException Malformed(string path, string why) => new(
        SourceErrors.CredentialFileMalformed,
        TandemErrorKind.InvalidData,
        $"The credentials file {path} cannot be used: {why}. Get-Help Connect-TandemSource -Full shows the format.",
        path);

    private static void WarnIfOthersCanRead(string path, IRunObserver observer)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
        {
            observer.Warning($"Other users of this machine can read {path}. Make it readable only by you: chmod 600 '{path}'");
        }
    }
}

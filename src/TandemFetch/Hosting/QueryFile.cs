using System.Management.Automation;
using System.Text;
using TandemFetch.Engine;
using TandemFetch.Engine.Queries;

namespace TandemFetch.Hosting;

/// <summary>Reads a file with SQL.</summary>
internal static class QueryFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>The text of a file.</summary>
    /// <param name="given">The path as the user wrote it.</param>
    /// <param name="paths">The drives and the current location.</param>
    /// <exception cref="TandemException">
    /// <see cref="QueryErrors.FileNotFound"/>, <see cref="QueryErrors.FileEmpty"/>,
    /// <see cref="QueryErrors.FileInvalid"/>.
    /// </exception>
    public static string Read(string given, PathIntrinsics paths)
    {
        var path = DatabaseCommand.ResolvePath(
            given, paths, cause => Invalid(given, "is not a path in the file system.", cause));
        if (Directory.Exists(path))
        {
            throw Invalid(path, "is a folder.");
        }

        if (!File.Exists(path))
        {
            throw new TandemException(
                QueryErrors.FileNotFound, TandemErrorKind.NotFound, $"There is no file '{path}'.", path);
        }

        var text = ReadText(path);
        return string.IsNullOrWhiteSpace(text)
            ? throw new TandemException(
                QueryErrors.FileEmpty, TandemErrorKind.InvalidData, $"'{path}' is empty: it contains no query.", path)
            : text;
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path, Strict);
        }
        catch (DecoderFallbackException error)
        {
            throw Invalid(path, "is not UTF-8.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, $"cannot be read: {Sentence.Of(error)}", error);
        }
    }

    private static TandemException Invalid(string path, string why, Exception? cause = null) => new(
        QueryErrors.FileInvalid,
        TandemErrorKind.InvalidArgument,
        $"'{path}' {why} Specify a UTF-8 file with -InputFile.",
        path,
        cause);
}

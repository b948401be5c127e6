using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TandemFetch.Engine.Lake;

/// <summary>Reads and writes the JSON files of a lake.</summary>
internal static class LakeJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Reads a file; null if it does not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What writes the file again, as the beginning of a sentence.</param>
    /// <exception cref="TandemException"><see cref="LakeErrors.Invalid"/>: it cannot be read.</exception>
    public static T? Read<T>(string path, string remedy = "Publish the pump again")
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options)
                ?? throw new JsonException("It is empty.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new TandemException(
                LakeErrors.Invalid,
                TandemErrorKind.InvalidData,
                $"'{path}', a part of the lake, cannot be read: {Sentence.Of(error)} {remedy}, or restore the "
                + "file from a backup.",
                path,
                error);
        }
    }

    /// <summary>Reads a file that is written again if it cannot be read; null if it is missing or damaged.</summary>
    public static T? ReadIfValid<T>(string path)
        where T : class
    {
        try
        {
            return Read<T>(path);
        }
        catch (TandemException failure) when (failure.ErrorId == LakeErrors.Invalid)
        {
            return null;
        }
    }

    /// <summary>The content of a file.</summary>
    public static byte[] Write<T>(T content) => [.. JsonSerializer.SerializeToUtf8Bytes(content, Options), (byte)'\n'];
}

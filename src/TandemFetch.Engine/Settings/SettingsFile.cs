using System.Text;
using TandemFetch.Engine.Storage;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace TandemFetch.Engine.Settings;

/// <summary>
/// The file of the user's settings: a TOML file with one key per setting. What a user has written into it, such as
/// comments and the order of the keys, stays when a setting changes.
/// </summary>
/// <param name="path">The full path of the file.</param>
internal sealed class SettingsFile(string path)
{
    private const int LongestFile = 64 * 1024;

    /// <summary>The settings in the file; none if there is no file.</summary>
    /// <exception cref="TandemException">One of <see cref="SettingsErrors"/>.</exception>
    public IReadOnlyDictionary<Setting, object> Read() => ReadDocument() is { } document ? ValuesOf(document) : Empty;

    /// <summary>Changes settings in the file, and creates it if it does not exist.</summary>
    /// <param name="changes">The new value of each setting; null removes it.</param>
    /// <exception cref="TandemException">One of <see cref="SettingsErrors"/>.</exception>
    public void Write(IReadOnlyDictionary<Setting, object?> changes)
    {
        var document = ReadDocument() ?? new DocumentSyntax();
        ValuesOf(document);
        foreach (var (setting, value) in changes)
        {
            Change(document, setting, value);
        }

        Save(document.ToString());
    }

    private static IReadOnlyDictionary<Setting, object> Empty { get; } = new Dictionary<Setting, object>();

    private Dictionary<Setting, object> ValuesOf(DocumentSyntax document)
    {
        if (document.Tables.FirstOrDefault() is { } table)
        {
            throw Failed(
                SettingsErrors.Unknown, table, $"[{table.Name}] is not a setting; the file has no tables. {Known()}");
        }

        return document.KeyValues.ToDictionary(SettingOf, ValueOf);
    }

    private Setting SettingOf(KeyValueSyntax entry)
    {
        var key = KeyOf(entry);
        return Setting.All.FirstOrDefault(setting => setting.Key == key)
            ?? throw Failed(SettingsErrors.Unknown, entry, $"'{key}' is not a setting. {Known()}");
    }

    private object ValueOf(KeyValueSyntax entry)
    {
        var setting = SettingOf(entry);
        var text = (entry.Value, setting.Default) switch
        {
            (StringValueSyntax { Value: { } written }, not bool) => written,
            (BooleanValueSyntax written, bool) => written.Value.ToString(),
            (_, bool) => throw Failed(SettingsErrors.Invalid, entry, $"{setting.Key} must be true or false."),
            _ => throw Failed(SettingsErrors.Invalid, entry, $"{setting.Key} must be text in quotation marks."),
        };
        return setting.Parse(text, Place(entry));
    }

    private static void Change(DocumentSyntax document, Setting setting, object? value)
    {
        var entry = document.KeyValues.FirstOrDefault(entry => KeyOf(entry) == setting.Key);
        if (value is null)
        {
            if (entry is not null)
            {
                document.KeyValues.RemoveChild(entry);
            }

            return;
        }

        if (entry is not null)
        {
            var trivia = TokenOf(entry.Value)?.TrailingTrivia;
            entry.Value = Syntax(value);
            TokenOf(entry.Value)!.TrailingTrivia = trivia;
            return;
        }

        if (document.KeyValues.LastOrDefault() is { EndOfLineToken: null } last)
        {
            last.EndOfLineToken = SyntaxFactory.NewLine();
        }

        document.KeyValues.Add(new KeyValueSyntax(setting.Key, Syntax(value))
        {
            EndOfLineToken = SyntaxFactory.NewLine(),
        });
    }

    private static ValueSyntax Syntax(object value) => value is bool isOn
        ? new BooleanValueSyntax(isOn)
        : new StringValueSyntax(value.ToString()!);

    private static SyntaxToken? TokenOf(ValueSyntax? value) => value switch
    {
        StringValueSyntax text => text.Token,
        BooleanValueSyntax isOn => isOn.Token,
        _ => null,
    };

    private static string KeyOf(KeyValueSyntax entry) => entry.Key?.ToString().Trim().Trim('"', '\'') ?? "";

    private static string Known() =>
        $"The settings are {string.Join(", ", Setting.All.Select(setting => setting.Key))}.";

    private DocumentSyntax? ReadDocument()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return SyntaxParser.ParseStrict(ReadText(), path, validate: true);
        }
        catch (TomlException problem)
        {
            throw Malformed(
                problem.Line is { } line ? $"line {line} is not valid TOML" : "it is not valid TOML", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TandemException(
                SettingsErrors.Unreadable,
                TandemErrorKind.PermissionDenied,
                $"The settings file {path} cannot be read: {Sentence.Of(problem)}",
                path,
                problem);
        }
        catch (Exception problem) when (problem is not (TandemException or OutOfMemoryException))
        {
            // The input is arbitrary bytes here; whatever the parser fails on, the file is at fault.
            throw Malformed("it is not valid TOML", problem);
        }
    }

    private string ReadText()
    {
        using var file = File.OpenRead(path);
        if (file.Length > LongestFile)
        {
            throw Malformed("it is far too long to be a settings file", null);
        }

        using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return reader.ReadToEnd();
    }

    private void Save(string text)
    {
        // People link such files to where they keep all of their settings.
        var target = FileIdentity.Resolve(path);
        var folder = Path.GetDirectoryName(target)!;
        var draft = Path.Join(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.new");
        try
        {
            OwnerOnly.CreateFolder(folder);
            using (var file = OwnerOnly.CreateFile(draft))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            OwnerOnly.KeepMode(draft, target);
            File.Move(draft, target, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TandemException(
                SettingsErrors.NotWritable,
                TandemErrorKind.PermissionDenied,
                $"The settings file {path} cannot be written: {Sentence.Of(problem)}",
                path,
                problem);
        }
        finally
        {
            if (File.Exists(draft))
            {
                File.Delete(draft);
            }
        }
    }

    private string Place(SyntaxNode node) => $"line {node.Span.Start.Line + 1} of {path}";

    private TandemException Failed(string id, SyntaxNode node, string why) =>
        new(id, TandemErrorKind.InvalidData, $"The settings cannot be used. See {Place(node)}: {why}", path);

    private TandemException Malformed(string why, Exception? cause) => new(
        SettingsErrors.Malformed,
        TandemErrorKind.InvalidData,
        $"The settings file {path} cannot be used: {why}. Correct it, or delete it and use Set-TandemConfiguration.",
        path,
        cause);
}

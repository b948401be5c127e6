using System.Text.Json;
using TandemFetch.Engine.Pipeline;

namespace TandemFetch.Engine.Import;

/// <summary>A <c>pump-logs</c> response as it was saved, or a JSON array of them.</summary>
internal sealed class SavedResponses : IEntryFile
{
    private readonly Dictionary<string, List<ReadOnlyMemory<byte>>> _pages = [];

    /// <summary>Finds the responses in a file.</summary>
    /// <exception cref="JsonException">The file is not JSON, or contains something else.</exception>
    public SavedResponses(ReadOnlyMemory<byte> json)
    {
        foreach (var answer in Answers(json))
        {
            var page = new SplitPage();
            PageSplitter.Split(answer.Span, page);

            // A response can contain clock settings of another pump; it is stored under the pump with which it begins.
            var device = page.Entries.Count > 0
                ? page.Devices[page.Entries[0].Device]
                : page.Devices.FirstOrDefault() ?? "";
            (_pages.TryGetValue(device, out var known) ? known : _pages[device] = []).Add(answer);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Devices => [.. _pages.Keys];

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> Pages(string device, CancellationToken cancellationToken) => _pages[device];

    private static List<ReadOnlyMemory<byte>> Answers(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return [json];
        }

        var answers = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            answers.Add(json[start..(int)reader.BytesConsumed]);
        }

        reader.Read();
        return answers;
    }
}

using System.Text;
using System.Text.Json;
using CsCheck;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>
/// Entries in the server's canonical form are read without a general JSON reader. A space after a brace makes the form
/// non-canonical and changes nothing else, so for any entry both readers must give the same result.
/// </summary>
public sealed class CanonicalFormTests
{
    private const string Letters = "{}[]\",:\\-+.eE0123456789 \n\tazZ_";

    private static readonly string[] Entries =
        [.. SyntheticLog.Of(seed: 77, days: 20, sparse: true).Entries.Values.Select(entry => entry.ToJsonString())];

    [Fact]
    public void Every_entry_is_split_alike_in_both_ways() => Assert.All(Entries, AssertSplitAlike);

    [Fact]
    public void Every_entry_is_decoded_alike_in_both_ways() => Assert.All(Entries, AssertDecodedAlike);

    [Fact]
    public void Damaged_entries_are_split_and_decoded_alike_or_refused_alike() =>
        Gen.Select(Gen.Int[0, Entries.Length - 1], Gen.Select(Gen.Double.Unit, Gen.Int[0, 2], Gen.Int[0, Letters.Length - 1]).Array[1, 3])
            .Select((index, damages) => damages.Aggregate(Entries[index], (text, damage) => Damage(text, damage.Item1, damage.Item2, Letters[damage.Item3])))
            .Sample(
                entry =>
                {
                    AssertSplitAlike(entry);
                    AssertDecodedAlike(entry);
                },
                iter: LongRun.IsNightly ? 400_000 : 20_000);

    private static void AssertSplitAlike(string entry)
    {
        var (usual, spaced) = (Split(entry), Split(Spaced(entry)));

        Assert.True(usual == spaced, $"{entry}{Environment.NewLine}{usual}{Environment.NewLine}{spaced}");
    }

    private static void AssertDecodedAlike(string entry)
    {
        if (PropertiesOf(entry) is not { } properties)
        {
            return;
        }

        var decoder = new EventDecoder(EventCatalog.Default);
        foreach (var code in new[] { 279, 399, 280, 64, 90, 12345 })
        {
            var usual = Encoding.UTF8.GetString(decoder.Decode(code, Encoding.UTF8.GetBytes(properties)));
            var spaced = Encoding.UTF8.GetString(decoder.Decode(code, Encoding.UTF8.GetBytes(Spaced(properties))));
            Assert.True(usual == spaced, $"{properties}{Environment.NewLine}{usual}{Environment.NewLine}{spaced}");
        }
    }

    private static string Spaced(string json) => json.StartsWith('{') ? "{ " + json[1..] : json;

    /// <summary>The result for a page with this entry, without the positions in the page.</summary>
    private static string Split(string entry)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"events":[{{entry}}],"clockChanges":[]}""");
        var page = new SplitPage();
        try
        {
            PageSplitter.Split(json, page);
        }
        catch (JsonException)
        {
            return "refused";
        }

        var entries = page.Entries.Select(found => string.Join(
            ' ',
            page.Devices[found.Device],
            found.SequenceGroup,
            found.SequenceNumber,
            found.EventCode,
            found.PumpTime,
            found.IsStandard,
            Encoding.UTF8.GetString(json[found.Properties])));
        return string.Join('\n', entries.Concat(page.Rejected.Select(rejected => rejected.Reason)));
    }

    private static string? PropertiesOf(string entry)
    {
        try
        {
            using var document = JsonDocument.Parse(entry);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("eventProperties", out var properties)
                ? properties.GetRawText()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Damage(string text, double place, int kind, char letter)
    {
        var at = (int)(place * text.Length);
        return kind switch
        {
            0 => text.Remove(at, Math.Min(1, text.Length - at)),
            1 => text.Insert(at, letter.ToString()),
            _ => text.Remove(at, Math.Min(1, text.Length - at)).Insert(at, letter.ToString()),
        };
    }
}

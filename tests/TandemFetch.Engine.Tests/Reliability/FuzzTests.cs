using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using TandemFetch.Engine.Catalog;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>Invalid input by the thousand: no crash, no hang, and nothing valid lost.</summary>
public sealed class FuzzTests
{
    private static readonly SyntheticLog Log = SyntheticLog.Of(seed: 41, days: 75, sparse: true);

    // The entries that are mutated are not those that must be stored.
    private static readonly string[] All = [.. Log.Entries.Values.Select(entry => entry.ToJsonString())];

    private static readonly string[] Good = [.. All.Where((_, index) => index % 10 == 0)];

    private static readonly string[] Victims = [.. All.Where((_, index) => index % 10 != 0)];

    // An entry that names another pump adds that pump, and each pump goes through every stage: a thousand of them test
    // no more than a few, but take an hour. The others get their own pump back, with whatever else is wrong with
    // them.
    private static int MostUnlisted => LongRun.IsNightly ? 40 : 6;

    private static readonly string[] Tokens =
    [
        "null", "true", "{}", "[]", "[[[[]]]]", "\"\"", "-1", "1e999", "-0.0", "99999999999999999999999999", "9223372036854775808", "2147483648", "\"\\ud800\"",
        "\"\\u0000\"", "\"\\\"\"", "\"\ud83d\ude00\"", "{\"a\":{\"a\":1,\"a\":2}}", ",", ":", "\"", "\\", "}", "]", "sequenceNumber", "\"eventCode\":256,", "\"eventProperties\":{},",
        "\"2026-02-30T25:61:61\"", "\"0001-01-01T00:00:00\"", "\"9999-12-31T23:59:59\"", "'; DROP TABLE raw_events; --",
    ];

    private static readonly Gen<Func<string, string>> Mutation = Gen.OneOf(
        Gen.Select(Gen.Double.Unit, Gen.Int[1, 40], (place, length) => (Func<string, string>)(text => Cut(text, place, length, ""))),
        Gen.Select(Gen.Double.Unit, Gen.Char[' ', '~'], (place, letter) => (Func<string, string>)(text => Cut(text, place, 1, letter.ToString()))),
        Gen.Select(Gen.Double.Unit, Pick(Tokens), (place, token) => (Func<string, string>)(text => Cut(text, place, 0, token))),
        Gen.Select(Gen.Double.Unit, Pick(Tokens), (place, token) => (Func<string, string>)(text => ReplaceValue(text, place, token))),
        Gen.Select(Gen.Double.Unit, Gen.Long, (place, number) => (Func<string, string>)(text => ReplaceValue(text, place, $"{number}"))),
        Gen.Select(Gen.Double.Unit, Gen.Int[1, 60], Gen.Double.Unit, (place, length, to) => (Func<string, string>)(text => Move(text, place, length, to))));

    private static readonly Gen<string> MutatedEntry =
        Gen.Select(Pick(Victims), Mutation.Array[1, 3], (entry, mutations) => Readable(mutations.Aggregate(entry, (text, mutate) => mutate(text))));

    // An entry whose position is far from all others has its own range, in which every table is derived.
    private static int StoredEntries => LongRun.IsNightly ? 100_000 : 1_000;

    private static int Entries => LongRun.IsNightly ? 100_000 : 5_000;

    [Fact]
    public async Task Good_entries_around_a_mutated_one_are_all_stored_and_every_stage_comes_to_its_end()
    {
        var mutated = Mutants(StoredEntries, seed: "0000KXBt2zr4").Where(IsJson).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{StoredEntries} mutated entries, {mutated.Count} of them still well-formed JSON and stored among good ones");
        var unlisted = mutated.Where(entry => AtHome(entry) != entry).Take(MostUnlisted).ToHashSet();
        foreach (var some in mutated.Select(entry => unlisted.Contains(entry) ? entry : AtHome(entry)).Chunk(5_000))
        {
            await StoreAsync(some);
        }
    }

    [Fact]
    public void A_page_is_split_or_refused_as_a_whole()
    {
        var (split, refused) = (0, 0);
        var page = new SplitPage();
        foreach (var entry in Mutants(Entries, seed: "0000Nh4TqSb1"))
        {
            var json = Encoding.UTF8.GetBytes($$"""{"events":[{{Good[0]}},{{entry}},{{Good[1]}}],"clockChanges":[]}""");
            try
            {
                PageSplitter.Split(json, page);
                split++;
                Assert.True(page.Entries.Count + page.Rejected.Count >= 2 || !IsJson(entry), entry);
            }
            catch (JsonException)
            {
                refused++;
                Assert.False(IsJson(entry), entry);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{split} pages split, {refused} refused");
    }

    [Fact]
    public void Whatever_is_decoded_is_a_json_object()
    {
        var decoder = new EventDecoder(EventCatalog.Default);
        var codes = EventCatalog.Default.Codes.ToArray();
        var random = new Random(5);
        foreach (var entry in Mutants(Entries, seed: "0000Pq7RrTc2").Where(IsJson))
        {
            if (JsonNode.Parse(entry, documentOptions: default) is JsonObject && TryProperties(entry) is { } properties)
            {
                var decoded = decoder.Decode(codes[random.Next(codes.Length)], properties);
                using var document = JsonDocument.Parse(decoded.ToArray());
                Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
            }
        }
    }

    [Fact]
    public void Token_answers_are_read_or_refused()
    {
        const string Answer = """{"access_token":"abc","id_token":"a.b.c","expires_in":28800,"token_type":"Bearer","error":null}""";
        Gen.Select(Mutation.Array[1, 4], mutations => mutations.Aggregate(Answer, (text, mutate) => mutate(text)))
            .Select(Readable).Sample(text => Assert.True(TokenResponse.Parse(text) is null or { AccessToken: null } or { AccessToken.Length: > 0 } or { AccessToken: "" }), iter: Entries);
    }

    [Fact]
    public void Credential_files_are_read_or_refused_by_name()
    {
        const string File = "[source]\nemail = \"a@b.c\"\npassword = \"secret\"\nregion = \"US\"\ntime_zone = \"America/New_York\"\npump_serial = \"90001234\"\n";
        var folder = Directory.CreateTempSubdirectory("tandem-fuzz-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "sensitive"));
            Gen.Select(Mutation.Array[1, 4], mutations => mutations.Aggregate(File, (text, mutate) => mutate(text)))
                .Select(Readable).Sample(
                    text =>
                    {
                        System.IO.File.WriteAllText(CredentialFile.PathUnder(folder.FullName), text);
                        var problem = Record.Exception(() => { _ = CredentialFile.Read(folder.FullName, SilentObserver.Instance); });
                        Assert.True(problem is null or TandemException, $"{problem}\n{text}");
                    },
                    iter: Entries / 5,
                    threads: 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Text_given_as_a_parameter_comes_back_as_it_was()
    {
        using var file = new TestDatabase();
        using var database = await file.OpenAsync();
        var runner = new QueryRunner(database);
        Gen.OneOf(Gen.String, Pick(Tokens)).Sample(
            text =>
            {
                var request = new QueryRequest("SELECT $value AS value") { Parameters = new Dictionary<string, object?> { ["value"] = text } };
                var problem = Record.Exception(() =>
                {
                    Assert.Equal(text, runner.Run(request, CancellationToken.None).SelectMany(result => result.Values()).Single()[0]);
                });
                Assert.True(problem is null or TandemException || text.Any(char.IsSurrogate) || text.Contains('\0', StringComparison.Ordinal), $"{problem}");
            },
            iter: Entries / 5,
            threads: 1);
    }

    private static async Task StoreAsync(string[] mutated)
    {
        // One page, valid and mutated in turn; the valid ones come last, so that a mutant at the same position is the
        // older revision.
        var page = $$"""{"events":[{{string.Join(",", mutated.Concat(Good))}}],"clockChanges":[]}""";
        var pump = Log.Account;
        var source = new StubSource([pump], (_, _, _) => page);
        using var file = new TestDatabase();

        var runs = await file.BackfillAsync(source, new BackfillRequest { Since = pump.LastEvent!.Value.AddDays(-1), TimeZone = TestDatabase.Zone });

        Assert.All(runs, run => Assert.Equal(PipelineOutcome.Completed, run.Outcome));
        using var database = await file.OpenAsync(DatabaseAccess.Read);
        var newest = new RecordReader(database).RawEvents(new RecordFilter(), TestContext.Current.CancellationToken)
            .Where(raw => raw.DeviceAssignmentId == pump.AssignmentId && raw.SequenceGroup == 0)
            .GroupBy(raw => raw.SequenceNumber)
            .ToDictionary(raw => raw.Key, raw => raw.MaxBy(revision => revision.Revision)!);
        foreach (var good in Good)
        {
            var entry = JsonNode.Parse(good)!;
            Assert.True(JsonNode.DeepEquals(entry, JsonNode.Parse(newest[(long)entry["sequenceNumber"]!].ToJson())), good);
        }
    }

    /// <summary>The same entry, character by character, except for the id of another pump.</summary>
    private static string AtHome(string entry)
    {
        var json = Encoding.UTF8.GetBytes(entry);
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("deviceAssignmentId"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.String && !reader.ValueTextEquals(Log.Pump.AssignmentId))
            {
                var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                return AtHome($"{Encoding.UTF8.GetString(json, 0, start)}\"{Log.Pump.AssignmentId}\"{Encoding.UTF8.GetString(json, end, json.Length - end)}");
            }
        }

        return entry;
    }

    private static string[] Mutants(int count, string seed)
    {
        var mutants = new List<string>(count);
        MutatedEntry.Sample(mutants.Add, iter: count, threads: 1, seed: seed);
        return [.. mutants];
    }

    /// <summary>As it would be after a conversion through UTF-8, which has no halves of surrogate pairs.</summary>
    private static string Readable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static Gen<string> Pick(string[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);

    private static byte[]? TryProperties(string entry)
    {
        using var document = JsonDocument.Parse(entry);
        return document.RootElement.TryGetProperty("eventProperties", out var properties) ? Encoding.UTF8.GetBytes(properties.GetRawText()) : null;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Cut(string text, double place, int length, string instead)
    {
        var start = (int)(place * text.Length);
        return string.Concat(text.AsSpan(0, start), instead, text.AsSpan(Math.Min(text.Length, start + length)));
    }

    private static string Move(string text, double place, int length, double to)
    {
        var start = (int)(place * text.Length);
        var piece = text.Substring(start, Math.Min(length, text.Length - start));
        return Cut(Cut(text, place, piece.Length, ""), to, 0, piece);
    }

    /// <summary>Replaces the value of one member.</summary>
    private static string ReplaceValue(string text, double place, string instead)
    {
        var start = text.IndexOf(':', (int)(place * text.Length)) + 1;
        if (start == 0)
        {
            return text;
        }

        var end = start;
        while (end < text.Length && text[end] is not (',' or '}' or '{' or '['))
        {
            end++;
        }

        return string.Concat(text.AsSpan(0, start), instead, text.AsSpan(end));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using TandemFetch.Sandbox.Nightscout;
using static TandemFetch.Engine.Tests.Sandbox.NightscoutSite;

namespace TandemFetch.Engine.Tests.Sandbox;

public sealed class NightscoutTreatmentsTests
{
    private const string At = "2026-07-20T08:00:00Z";

    [Fact]
    public async Task Two_of_one_kind_in_one_second_become_one_and_both_are_answered()
    {
        await using var site = await StartAsync();
        var cartridge = With(Note(At, "Site Change"), "notes", "cartridge");
        var tubing = With(Note(At, "Site Change"), "notes", "tubing");

        var answer = await site.PostAsync("treatments", cartridge, tubing);

        Assert.Equal(["cartridge", "tubing"], answer.Select(t => (string?)t!["notes"]));
        Assert.Equal("tubing", (string?)Assert.Single(site.Server.Treatments)["notes"]);
    }

    [Fact]
    public async Task With_identifiers_both_stay()
    {
        await using var site = await StartAsync();

        await site.PostAsync(
            "treatments",
            With(Note(At, "Site Change"), "identifier", "a"),
            With(Note(At, "Site Change"), "identifier", "b"));

        Assert.Equal(["a", "b"], site.Server.Treatments.Select(t => (string?)t["identifier"]));
    }

    [Fact]
    public async Task The_same_identifier_replaces_the_whole_document_even_at_another_time()
    {
        await using var site = await StartAsync();
        var first = With(With(Note(At), "identifier", "a"), "notes", "old");

        var inserted = await site.PostAsync("treatments", first);
        var replaced = await site.PostAsync(
            "treatments", With(Note("2026-07-20T09:00:00Z", "Exercise"), "identifier", "a"));

        var stored = Assert.Single(site.Server.Treatments);
        Assert.Equal("2026-07-20T09:00:00.000Z", (string?)stored["created_at"]);
        Assert.Equal("Exercise", (string?)stored["eventType"]);
        Assert.False(stored.ContainsKey("notes"));
        Assert.Equal((string?)inserted[0]!["_id"], (string?)stored["_id"]);
        Assert.Equal((string?)inserted[0]!["_id"], (string?)replaced[0]!["_id"]);
    }

    [Fact]
    public async Task An_id_of_another_form_becomes_the_identifier()
    {
        await using var site = await StartAsync();

        await site.PostAsync("treatments", With(Note(At), "_id", "our-key-1"));
        await site.PostAsync("treatments", With(Note("2026-07-20T09:00:00Z"), "identifier", "our-key-1"));

        var stored = Assert.Single(site.Server.Treatments);
        Assert.Equal("our-key-1", (string?)stored["identifier"]);
        Assert.Matches("^[0-9a-f]{24}$", (string?)stored["_id"]);
    }

    [Fact]
    public async Task A_24_digit_id_is_the_key()
    {
        await using var site = await StartAsync();
        const string Id = "0123456789abcdef01234567";

        await site.PostAsync("treatments", With(Note(At), "_id", Id));
        await site.PostAsync("treatments", With(Note("2026-07-20T09:00:00Z"), "_id", Id));

        Assert.Equal("2026-07-20T09:00:00.000Z", (string?)Assert.Single(site.Server.Treatments)["created_at"]);
    }

    [Fact]
    public async Task A_document_without_identifier_takes_the_place_of_one_with_it_at_the_same_time()
    {
        await using var site = await StartAsync();
        await site.PostAsync("treatments", With(Note(At), "identifier", "a"));

        await site.PostAsync("treatments", Note(At));

        Assert.False(Assert.Single(site.Server.Treatments).ContainsKey("identifier"));
    }

    [Fact]
    public async Task Put_replaces_by_the_same_key()
    {
        await using var site = await StartAsync();
        await site.PostAsync("treatments", With(With(Note(At), "identifier", "a"), "notes", "old"));

        using var put = await site.Admin.PutAsJsonAsync(
            "api/v1/treatments", With(Note(At, "Exercise"), "identifier", "a"));

        Assert.Equal("Exercise", (string?)(await JsonAsync(put))["eventType"]);
        Assert.Equal("Exercise", (string?)Assert.Single(site.Server.Treatments)["eventType"]);
    }

    [Theory]
    [InlineData("2026-07-20T10:00:00.123999+02:00", "2026-07-20T08:00:00.123Z", 120)]
    [InlineData("2026-07-20T10:00:00", "2026-07-20T10:00:00.000Z", 0)]
    [InlineData("2026-07-20 10:00:00-0530", "2026-07-20T15:30:00.000Z", -330)]
    [InlineData("last Monday", NowText, 0)]
    [InlineData(null, NowText, 0)]
    public async Task Times_are_stored_in_utc_with_the_offset_given_and_default_to_now(
        string? sent, string stored, int offset)
    {
        await using var site = await StartAsync();

        var answer = await site.PostAsync(
            "treatments", new JsonObject { ["eventType"] = "Note", ["created_at"] = sent });

        Assert.Equal(stored, (string?)answer[0]!["created_at"]);
        Assert.Equal(offset, (int)answer[0]!["utcOffset"]!);
    }

    [Fact]
    public async Task Texts_become_numbers()
    {
        await using var site = await StartAsync();
        var sent = Note(At, "Temp Basal");
        foreach (var name in new[] { "insulin", "carbs", "glucose", "duration", "absolute", "percent", "relative" })
        {
            sent[name] = "1.5";
        }

        await site.PostAsync("treatments", sent);

        var stored = Assert.Single(site.Server.Treatments);
        foreach (var name in new[] { "insulin", "carbs", "glucose", "duration", "absolute", "percent", "relative" })
        {
            Assert.Equal(JsonValueKind.Number, stored[name]!.GetValueKind());
            Assert.Equal(1.5, (double)stored[name]!);
        }
    }

    [Fact]
    public async Task Zeros_are_deleted_except_those_of_absolute_and_duration()
    {
        await using var site = await StartAsync();
        var sent = Note(At, "Temp Basal");
        foreach (var name in new[] { "insulin", "carbs", "percent", "preBolus", "absolute", "duration" })
        {
            sent[name] = 0;
        }

        await site.PostAsync("treatments", sent);

        var stored = Assert.Single(site.Server.Treatments);
        Assert.All(["insulin", "carbs", "percent", "preBolus"], name => Assert.False(stored.ContainsKey(name)));
        Assert.All(["absolute", "duration"], name => Assert.Equal(0, (int)stored[name]!));
    }

    [Fact]
    public async Task What_is_no_number_is_not_stored_and_shown_as_null()
    {
        await using var site = await StartAsync();

        await site.PostAsync("treatments", With(With(Note(At), "insulin", "much"), "duration", "long"));
        var shown = await site.GetAsync("treatments");

        Assert.True(shown[0]!.AsObject().ContainsKey("insulin"));
        Assert.Null(shown[0]!["insulin"]);
        Assert.Null(shown[0]!["carbs"]);
        Assert.False(Assert.Single(site.Server.Treatments).ContainsKey("duration"));
    }

    [Theory]
    [InlineData("before<script>alert(1)</script> & after", "before &amp; after")]
    [InlineData("<b onclick=\"x()\">bold</b> &amp; 3 > 2", "<b>bold</b> &amp; 3 &gt; 2")]
    [InlineData("1 < 2", "1 &lt; 2")]
    [InlineData("salt & pepper", "salt & pepper")]
    public async Task Html_in_notes_is_purified(string sent, string stored)
    {
        await using var site = await StartAsync();

        await site.PostAsync("treatments", With(Note(At), "notes", sent));

        Assert.Equal(stored, (string?)Assert.Single(site.Server.Treatments)["notes"]);
    }

    [Fact]
    public async Task Carbs_some_minutes_after_a_bolus_become_a_second_treatment()
    {
        await using var site = await StartAsync();
        var bolus = Note(At, "Meal Bolus");
        bolus["insulin"] = 3;
        bolus["carbs"] = 40;
        bolus["preBolus"] = 15;

        var answer = await site.PostAsync("treatments", bolus);

        Assert.Equal(2, answer.Count);
        Assert.Equal(["2026-07-20T08:00:00.000Z", "2026-07-20T08:15:00.000Z"], Times(site));
        Assert.Equal([null, 40], site.Server.Treatments.Select(t => (int?)t["carbs"]));
    }

    [Fact]
    public async Task Treatments_can_be_posted_although_careportal_is_off()
    {
        await using var site = await StartAsync();

        var status = JsonNode.Parse(await site.Admin.GetStringAsync("api/v1/status.json"))!;
        await site.PostAsync("treatments", Note(At));

        Assert.False((bool)status["careportalEnabled"]!);
        Assert.Equal("15.0.7", (string?)status["version"]);
        Assert.Single(site.Server.Treatments);
    }

    [Fact]
    public async Task A_thousand_documents_are_stored_in_one_request()
    {
        await using var site = await StartAsync();
        var start = new DateTimeOffset(2026, 7, 18, 0, 0, 0, TimeSpan.Zero);
        var documents = Enumerable.Range(0, 1000)
            .Select(i => TconnectSyncDocuments.TempBasal(start.AddMinutes(i), 0.5, 1, i))
            .Reverse()
            .ToArray();

        var answer = await site.PostAsync("treatments", documents);

        Assert.Equal(1000, answer.Select(t => (string)t!["_id"]!).Distinct().Count());
        Assert.Equal(1000, site.Server.Treatments.Count);
        Assert.Equal(Times(site).Order(StringComparer.Ordinal), Times(site));
        Assert.Equal(1000, Assert.Single(site.Server.Requests.All).Documents);
    }

    [Fact]
    public async Task Another_type_of_body_is_taken_for_an_empty_document()
    {
        await using var site = await StartAsync();

        using var response = await site.Admin.PostAsync("api/v1/treatments", new StringContent("""[{"a":1}]"""));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(NowText, (string?)Assert.Single(site.Server.Treatments)["created_at"]);
    }

    [Fact]
    public async Task Malformed_json_is_refused()
    {
        await using var site = await StartAsync();
        using var body = new StringContent("[{", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        using var response = await site.Admin.PostAsync("api/v1/treatments", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static IEnumerable<string> Times(NightscoutSite site) =>
        site.Server.Treatments.Select(t => (string)t["created_at"]!);

    private static JsonObject With(JsonObject document, string name, string value)
    {
        document[name] = value;
        return document;
    }
}

using System.Text;
using System.Text.Json.Nodes;
using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Account responses that lose, repeat or exaggerate things: the log is fetched nevertheless.</summary>
public sealed class AccountShapeTests : IDisposable
{
    // A second pump, whose log cannot be had.
    private const string Other = "00000000-0000-4000-8000-0000000000bb";

    private static readonly SyntheticLog Log = SyntheticLog.Of(seed: 11, days: 70, sparse: true);

    private readonly TestDatabase _file = new();
    private readonly TestDatabase _right = new();

    public void Dispose()
    {
        _file.Dispose();
        _right.Dispose();
    }

    [Theory]
    [InlineData("the start of the range is missing", """{"availableDataRange": {"start": null}}""")]
    [InlineData("the end of the range is missing", """{"availableDataRange": {"end": null}, "maxDateOfEvents": null}""")]
    [InlineData("there is no range", """{"availableDataRange": null, "maxDateOfEvents": null}""")]
    [InlineData("the date of the upload is missing", """{"lastUploadDate": null}""")]
    [InlineData("the range ends in the year 9999", """{"availableDataRange": {"end": "9999-12-31T23:59:59Z"}, "maxDateOfEvents": "9999-12-31T23:59:59Z"}""")]
    [InlineData("the range begins in the year 1", """{"availableDataRange": {"start": "0001-01-01T00:00:00Z"}}""")]
    [InlineData("the range ends before it begins", """{"availableDataRange": {"start": "9999-12-31T23:59:59Z"}}""")]
    [InlineData("all dates are the last one that there is", """{"lastUploadDate": "9999-12-31T23:59:59.9999999Z", "maxDateOfEvents": "9999-12-31T23:59:59.9999999Z"}""")]
    [InlineData("everything has the wrong type", """{"availableDataRange": 7, "maxDateOfEvents": [], "serialNumber": {}, "settings": "no"}""")]
    public async Task The_whole_log_is_fetched_though(string what, string change)
    {
        TestContext.Current.TestOutputHelper!.WriteLine(what);
        var source = new AccountSource(Account(Changed(change)));

        var runs = await _file.BackfillAsync(source, TestDatabase.Fetch);

        Assert.All(runs, run => Assert.Equal(PipelineOutcome.Completed, run.Outcome));
        Assert.Equal([(long)Log.Entries.Count], await _file.QueryAsync<long>("SELECT count(*) FROM raw_events"));

        // All days since the pump's epoch in windows of 28 days are some 240.
        Assert.InRange(source.Requests, 1, 300);
    }

    [Fact]
    public async Task What_is_known_of_a_pump_is_not_replaced_by_nothing()
    {
        await _file.BackfillAsync(new AccountSource(Account(Changed("{}"))), TestDatabase.Fetch);
        const string Facts =
            "SELECT serial_number || model_name || software_version || algorithm || first_event || last_event || last_upload FROM pumps";
        var before = await _file.QueryAsync<string>(Facts);

        await _file.BackfillAsync(new AccountSource(Account(Changed(
            """
            {"serialNumber": null, "modelName": null, "softwareVersion": null, "algorithm": null, "availableDataRange": null,
             "maxDateOfEvents": null}
            """))), TestDatabase.Fetch);

        Assert.Equal(before, await _file.QueryAsync<string>(Facts));
    }

    [Fact]
    public async Task A_pump_that_is_listed_twice_counts_once()
    {
        await _right.BackfillAsync(new AccountSource(Account(Changed("{}"))));

        var runs = await _file.BackfillAsync(new AccountSource(Account(
            Changed("""{"availableDataRange": {"start": null}, "serialNumber": null}"""), Changed("""{"lastUploadDate": null}"""))));

        Assert.Equal(3, runs.Count);
        await SameTables.AssertAsync(_right, _file);
    }

    [Theory]
    [InlineData("\"../../admin\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_pump_that_cannot_be_requested_is_reported_and_the_others_are_fetched(string assignmentId)
    {
        var observer = new Source.RecordingObserver();

        var account = Account(observer, Changed($$"""{"assignmentId": {{assignmentId}}}"""), Changed("{}"), JsonValue.Create("a pump"));
        await _file.BackfillAsync(new AccountSource(account), TestDatabase.Fetch);

        Assert.Equal([(long)Log.Entries.Count], await _file.QueryAsync<long>("SELECT count(*) FROM raw_events"));
        Assert.Equal(2, observer.Warnings.Count);
    }

    [Fact]
    public async Task A_pump_whose_log_cannot_be_had_does_not_keep_the_others_from_being_fetched()
    {
        var source = new AccountSource(Account(Changed($$"""{"assignmentId": "{{Other}}", "serialNumber": "other"}"""), Changed("{}")))
        {
            Fails = Other,
        };

        var failure = await Assert.ThrowsAsync<TandemException>(() => _file.BackfillAsync(source, TestDatabase.Fetch));

        Assert.Equal(PipelineErrors.StageFailed, failure.ErrorId);
        Assert.Equal([(long)Log.Entries.Count], await _file.QueryAsync<long>("SELECT count(*) FROM raw_events"));
    }

    private static SourceAccount Account(params JsonNode[] pumps) => Account(SilentObserver.Instance, pumps);

    private static SourceAccount Account(IRunObserver observer, params JsonNode[] pumps) => AccountReader.Read(
        Encoding.UTF8.GetBytes($$"""{"pumps": [{{string.Join(',', pumps.Select(pump => pump.ToJsonString()))}}]}"""), Regions.US, observer);

    /// <summary>The pump as its account shows it, with other values for some members.</summary>
    private static JsonObject Changed(string change)
    {
        var account = Log.Account;
        var pump = new JsonObject
        {
            ["assignmentId"] = account.AssignmentId,
            ["serialNumber"] = account.SerialNumber,
            ["modelName"] = account.ModelName,
            ["softwareVersion"] = account.SoftwareVersion,
            ["algorithm"] = account.Algorithm,
            ["availableDataRange"] = new JsonObject { ["start"] = Text(account.FirstEvent), ["end"] = Text(account.LastEvent) },
            ["maxDateOfEvents"] = Text(account.LastEvent),
            ["lastUploadDate"] = Text(account.LastUpload?.UtcDateTime),
        };
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            if (value is JsonObject range && pump[name] is JsonObject whole)
            {
                foreach (var (part, date) in range)
                {
                    whole[part] = date?.DeepClone();
                }
            }
            else
            {
                pump[name] = value?.DeepClone();
            }
        }

        return pump;

        static string? Text(DateTime? time) => time?.ToString("yyyy-MM-ddTHH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The log under any account.</summary>
    private sealed class AccountSource(SourceAccount account) : ILogSource
    {
        private readonly StubSource _log = Log.Serving([.. Log.Entries.Values]);

        /// <summary>The pump whose log fails.</summary>
        public string? Fails { get; init; }

        public int Requests => _log.Requests.Count;

        public Task<SourceAccount> GetAccountAsync(CancellationToken cancellationToken) => Task.FromResult(account);

        public Task<LogPage> GetLogPageAsync(
            string assignmentId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken) =>
            assignmentId == Fails
                ? throw new InvalidOperationException("The log cannot be had.")
                : _log.GetLogPageAsync(assignmentId, firstDay, lastDay, cancellationToken);
    }
}

using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Pipeline;

/// <summary>Rejected entries are kept under the pump that they name, and under no other.</summary>
public sealed class RejectedEntriesTests : IDisposable
{
    private const string Asked = "00000000-0000-4000-8000-000000000001";
    private const string Other = "00000000-0000-4000-8000-000000000002";
    private static readonly DateTime Day = new(2026, 4, 30);

    private readonly TestDatabase _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("\"deviceAssignmentId\":\"" + Other + "\",\"sequenceNumber\":9", Other)]
    [InlineData("\"deviceAssignmentId\":\"" + Asked + "\",\"sequenceNumber\":9", Asked)]
    [InlineData("\"sequenceGroup\":0,\"sequenceNumber\":9", "")]
    [InlineData("\"deviceAssignmentId\":7,\"sequenceGroup\":0,\"sequenceNumber\":9", "")]
    [InlineData("\"deviceAssignmentId\":\"" + Other + "\",\"deviceAssignmentId\":\"" + Asked + "\"", "")]
    [InlineData("\"deviceAssignmentId\":\"" + Other + "\",\"note\":\"\\ud800\"", Other)]
    public async Task Of_a_response_of_two_pumps_an_entry_is_kept_under_its_own(string members, string device)
    {
        var entry = "{" + members + ",\"eventCode\":90}";

        await _file.BackfillAsync(Source(Good(Asked, 1), entry, Good(Other, 2)));

        Assert.Equal(
            [$"{device} {entry}"],
            await _file.QueryAsync<string>("SELECT device_assignment_id || ' ' || entry FROM bookkeeping.rejected_entries"));
        Assert.Equal(
            [$"{Asked} 1", $"{Other} 2"],
            await _file.QueryAsync<string>(
                "SELECT concat_ws(' ', device_assignment_id, sequence_number) AS line FROM raw_events ORDER BY line"));
    }

    [Fact]
    public async Task Of_a_response_of_one_pump_an_entry_without_a_name_is_that_pumps()
    {
        await _file.BackfillAsync(Source(Good(Asked, 1), """{"eventCode":90}"""));

        Assert.Equal(
            [Asked], await _file.QueryAsync<string>("SELECT device_assignment_id FROM bookkeeping.rejected_entries"));
    }

    private static StubSource Source(params string[] entries)
    {
        var page = $$"""{"events":[{{string.Join(",", entries)}}],"clockChanges":[]}""";
        return new StubSource([StubSource.Pump(Asked, Day, Day.AddHours(23))], (_, _, _) => page);
    }

    private static string Good(string device, int number) =>
        $$"""
        {"deviceAssignmentId":"{{device}}","eventCode":90,"sequenceGroup":0,"sequenceNumber":{{number}},
        "pumpDateTime":"2026-04-30T10:00:00","estimatedDateTime":"2026-04-30T10:00:00Z","eventProperties":null}
        """;
}

using System.Text.Json.Nodes;
using TandemFetch.Engine.Nightscout;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Nightscout;
using UploadRequest = TandemFetch.Engine.Nightscout.NightscoutRequest;

namespace TandemFetch.Engine.Tests.Nightscout;

/// <summary>Uploads that end early, and files whose pipeline did.</summary>
public sealed class InterruptedUploadTests : IAsyncLifetime
{
    private static readonly UploadRequest Replacing = new() { Replace = true };

    private PumpFile _file = null!;
    private StubSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _file = await PumpFile.CreateAsync();
        _site = await StubSite.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _file.Dispose();
        await _site.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", 0)]
    [InlineData("DELETE", 0)]
    [InlineData("DELETE", 1)]
    public async Task A_replacement_that_was_killed_is_finished_by_the_next_upload(string method, int after)
    {
        _file.AddBolus(4, "14:00:00", 1.5m);
        _site.Server.Insert(NightscoutCollection.Treatments, Bolus("14:00:00", 1), Bolus("14:00:01", 0.5));
        await _site.PublishAsync(_file);
        await FailAsync(method, after, Replacing);

        await _site.PublishAsync(_file);

        Assert.Equal(1.5, (double)Assert.Single(_site.Server.Treatments)["insulin"]!);
    }

    [Fact]
    public async Task Rows_that_vanish_while_they_are_replaced_leave_no_row_and_delete_nothing_else()
    {
        _file.AddBolus(4, "14:00:00", 1.5m);
        _site.Server.Insert(NightscoutCollection.Treatments, Bolus("14:00:00", 1.5));
        await _site.PublishAsync(_file);
        await FailAsync("DELETE", 0, Replacing);
        _file.Execute("DELETE FROM boluses");

        await _site.PublishAsync(_file);

        Assert.Single(_site.Server.Treatments);
        Assert.Equal(0, _file.Database.Scalar<long>("SELECT count(*) FROM bookkeeping.nightscout_documents"));
    }

    [Fact]
    public async Task What_an_unfinished_pipeline_has_not_derived_yet_is_not_deleted()
    {
        _file.AddBolus(4, "14:00:00", 1.5m);
        _file.AddReading(5, "14:00:00", 111);
        await _site.PublishAsync(_file);

        // As a rebuild begins.
        _file.Execute(
            "DELETE FROM boluses; DELETE FROM cgm_readings; INSERT INTO bookkeeping.underived_ranges BY NAME "
            + "SELECT 'device-90556643' AS device_assignment_id, 1 AS first_position, 9 AS last_position");
        var failure = await Assert.ThrowsAsync<TandemException>(() => _site.PublishAsync(_file));

        Assert.Equal(NightscoutErrors.FileUnfinished, failure.ErrorId);
        Assert.True(NightscoutErrors.MayPass(failure.ErrorId));
        Assert.Equal(2, _site.Dump().Count);

        // What is only new is sent.
        _file.AddBolus(4, "14:00:00", 1.5m);
        _file.AddReading(5, "14:00:00", 111);
        _file.AddReading(6, "14:05:00", 112);
        await _site.PublishAsync(_file);
        Assert.Equal(3, _site.Dump().Count);

        _file.Execute("DELETE FROM bookkeeping.underived_ranges; DELETE FROM boluses");
        await _site.PublishAsync(_file);
        Assert.Empty(_site.Server.Treatments);
    }

    private async Task FailAsync(string method, int after, UploadRequest request)
    {
        _site.Server.Faults.Add(
            new FaultRule { Kind = FaultKind.Status, Method = method, After = after, Count = 1 });
        await Assert.ThrowsAsync<TandemException>(
            () => _site.PublishAsync(_file, request, options: StubSite.Options with { Attempts = 1 }));
        _site.Server.Faults.Clear();
    }

    private static JsonObject Bolus(string time, double units) => new()
    {
        ["eventType"] = "Combo Bolus",
        ["created_at"] = $"2026-04-30T{time}Z",
        ["enteredBy"] = "Pump (tconnectsync)",
        ["pump_event_id"] = "4",
        ["insulin"] = units,
    };
}

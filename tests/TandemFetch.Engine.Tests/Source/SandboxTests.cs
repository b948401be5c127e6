using System.Text.Json;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Sandbox;
using TandemFetch.Sandbox.Faults;
using TandemFetch.Sandbox.Identity;

namespace TandemFetch.Engine.Tests.Source;

/// <summary>
/// The client against the sandbox, which was written from the description of the API, not from the client.
/// </summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private static readonly DateOnly LastDay = new(2026, 6, 30);

    private readonly RecordingObserver _observer = new();
    private SandboxServer _sandbox = null!;

    public async ValueTask InitializeAsync() =>
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Days = 120, EndDate = LastDay, Sparse = true });

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("US")]
    [InlineData("EU")]
    public async Task Both_regions_sign_in_and_read_account_and_log(string region)
    {
        await using var client = await ConnectAsync(region);

        var account = await client.GetAccountAsync(CancellationToken.None);
        var entries = await ReadAsync(client, account, LastDay.AddDays(-27));

        Assert.Equal(_sandbox.Account.Pumps.Select(pump => pump.SerialNumber), account.Pumps.Select(pump => pump.SerialNumber!));
        Assert.NotEmpty(entries);
        Assert.Equal(1, _sandbox.Requests.SignIns);
    }

    [Theory]
    [InlineData(FaultKind.CutOff)]
    [InlineData(FaultKind.Malformed)]
    [InlineData(FaultKind.Html)]
    [InlineData(FaultKind.WrongContentType)]
    [InlineData(FaultKind.Status)]
    public async Task A_window_that_fails_twice_comes_whole_the_third_time(FaultKind fault)
    {
        await using var client = await ConnectAsync();
        var account = await client.GetAccountAsync(CancellationToken.None);
        var clean = await ReadAsync(client, account, LastDay.AddDays(-27));
        _sandbox.Requests.Clear();
        _sandbox.Faults.Add(new FaultRule { Kind = fault, Path = "/api/reports/bff/pump-logs/", Count = 2, RetryAfter = 1 });

        var afterFaults = await ReadAsync(client, account, LastDay.AddDays(-27));

        Assert.Equal(clean, afterFaults);
        Assert.Equal(3, _sandbox.Requests.PumpLogs);
    }

    [Fact]
    public async Task Every_kind_of_entry_comes_without_a_list_of_codes()
    {
        await using var client = await ConnectAsync();
        var account = await client.GetAccountAsync(CancellationToken.None);

        var entries = await ReadAsync(client, account, LastDay.AddDays(-27));

        Assert.Contains(entries, entry => entry.Contains("\"eventCode\":27,", StringComparison.Ordinal));
        Assert.DoesNotContain(
            _sandbox.Requests.All, request => request.Query.Contains("eventCodes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_insists_on_codes_costs_one_more_request_in_a_session()
    {
        await using var insisting = await SandboxServer.StartAsync(
            new SandboxOptions { Days = 120, EndDate = LastDay, Sparse = true, RequiresEventCodes = true });
        await using var client = await SandboxAccess.ConnectAsync(insisting);
        await using var other = await ConnectAsync();
        var account = await client.GetAccountAsync(CancellationToken.None);

        var entries = await ReadAsync(client, account, LastDay.AddDays(-27));
        var further = await ReadAsync(client, account, LastDay);

        // The same pump; what no catalogue has is served by either.
        var same = await other.GetAccountAsync(CancellationToken.None);
        Assert.Equal(await ReadAsync(other, same, LastDay.AddDays(-27)), entries);
        Assert.NotEmpty(further);
        Assert.Equal(3, insisting.Requests.PumpLogs);
        Assert.Equal(1, insisting.Requests.Count("/api/reports/bff/pump-logs/", 400));
    }

    [Theory]
    [InlineData(AccountRegion.US, "EU")]
    [InlineData(AccountRegion.EU, "US")]
    public async Task An_account_of_the_other_region_is_no_account_here(AccountRegion home, string asked)
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Days = 1, EndDate = LastDay, Sparse = true, Region = home });
        var options = new SourceOptions { Endpoint = sandbox.BaseAddress, EventCodes = [1] };

        var credential = new SourceCredential(SandboxOptions.Email, () => SandboxOptions.Password, Regions.Of(asked));

        var problem = await Assert.ThrowsAsync<TandemException>(
            () => TandemSourceClient.ConnectAsync(options, credential, _observer, CancellationToken.None));

        Assert.Equal(TandemErrorKind.Authentication, problem.Kind);
        Assert.Equal(1, sandbox.Requests.SignIns);
    }

    [Fact]
    public async Task A_page_ten_times_too_large_is_taken()
    {
        await using var client = await ConnectAsync();
        var account = await client.GetAccountAsync(CancellationToken.None);
        _sandbox.Faults.Add(new FaultRule { Kind = FaultKind.HugePage, Path = "/api/reports/bff/pump-logs/" });

        var entries = await ReadAsync(client, account, LastDay);

        Assert.NotEmpty(entries);
    }

    [Fact]
    public async Task More_days_than_the_server_takes_fail_the_range()
    {
        await using var client = await ConnectAsync();
        var account = await client.GetAccountAsync(CancellationToken.None);

        var problem = await Assert.ThrowsAsync<TandemException>(() => ReadAsync(client, account, LastDay.AddDays(-60)));

        Assert.Equal(SourceErrors.RangeFailed, problem.ErrorId);
    }

    [Theory]
    [InlineData(IdTokenFlaw.WrongIssuer)]
    [InlineData(IdTokenFlaw.WrongAudience)]
    [InlineData(IdTokenFlaw.Expired)]
    [InlineData(IdTokenFlaw.Unsigned)]
    [InlineData(IdTokenFlaw.HmacSigned)]
    [InlineData(IdTokenFlaw.ForeignKey)]
    [InlineData(IdTokenFlaw.NoPumperId)]
    public async Task A_flawed_id_token_is_noticed(IdTokenFlaw flaw)
    {
        _sandbox.Identity.IdTokenFlaw = flaw;

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Equal(SourceErrors.TokenInvalid, problem.ErrorId);
    }

    [Theory]
    [InlineData(FaultKind.RejectPassword, SourceErrors.SignInRejected)]
    [InlineData(FaultKind.LockAccount, SourceErrors.AccountLocked)]
    public async Task A_refused_sign_in_is_one_attempt(FaultKind fault, string id)
    {
        _sandbox.Faults.Add(new FaultRule { Kind = fault });

        var problem = await Assert.ThrowsAsync<TandemException>(() => ConnectAsync());

        Assert.Equal(id, problem.ErrorId);
        Assert.Equal(1, _sandbox.Requests.SignIns);
    }

    [Fact]
    public async Task Revoked_tokens_cost_one_new_sign_in()
    {
        await using var client = await ConnectAsync();
        var account = await client.GetAccountAsync(CancellationToken.None);
        _sandbox.RevokeTokens();

        var entries = await ReadAsync(client, account, LastDay);

        Assert.NotEmpty(entries);
        Assert.Equal(2, _sandbox.Requests.SignIns);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(-50, true)]
    [InlineData(86_400, false)]
    [InlineData(-86_400, false)]
    public async Task A_clock_apart_from_the_servers_matters_only_when_it_is_far_off(int seconds, bool accepted)
    {
        _sandbox.Identity.ClockSkew = TimeSpan.FromSeconds(seconds);

        var problem = await Record.ExceptionAsync(async () => await (await ConnectAsync()).DisposeAsync());

        Assert.Equal(accepted, problem is null);
        Assert.True(accepted || problem!.Message.Contains("the machine's clock is", StringComparison.Ordinal));
    }

    private static async Task<List<string>> ReadAsync(TandemSourceClient client, SourceAccount account, DateOnly firstDay)
    {
        using var page = await client.GetLogPageAsync(
            account.Pumps[0].AssignmentId, firstDay, LastDay, CancellationToken.None);
        using var document = JsonDocument.Parse(page.Json);
        return [.. document.RootElement.GetProperty("events").EnumerateArray().Select(entry => entry.GetRawText())];
    }

    private Task<TandemSourceClient> ConnectAsync(string region = "US") => TandemSourceClient.ConnectAsync(
        new SourceOptions
        {
            Endpoint = _sandbox.BaseAddress,
            EventCodes = [3, 5, 20, 28, 90, 229, 256, 279, 399],
            BaseDelay = TimeSpan.FromMilliseconds(1),
            MaxDelay = TimeSpan.FromMilliseconds(5),
            MaxRetryAfter = TimeSpan.FromMilliseconds(5),
        },
        new SourceCredential(SandboxOptions.Email, () => SandboxOptions.Password, Regions.Of(region)),
        _observer,
        CancellationToken.None);
}

using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Tests.Source;

public sealed class ResponseTests : IAsyncLifetime
{
    private static readonly DateOnly First = new(2026, 4, 1);
    private static readonly DateOnly Last = new(2026, 4, 28);

    private readonly RecordingObserver _observer = new();
    private StubSource _stub = null!;

    public async ValueTask InitializeAsync() => _stub = await StubSource.StartAsync();

    public ValueTask DisposeAsync() => _stub.DisposeAsync();

    [Fact]
    public async Task A_page_comes_back_exactly_as_sent()
    {
        var sent = """ {"clockChanges":[], "events":[{"a":"é\u00e9","n":1.50}],"more":{"x":[1,{"y":null}]}} """;
        _stub.Logs = context => StubSource.JsonAsync(context, sent);
        await using var client = await ConnectAsync();

        using var page = await PageAsync(client);

        Assert.Equal(sent, Encoding.UTF8.GetString(page.Json.Span));
    }

    [Fact]
    public async Task The_log_is_asked_for_with_whole_days_and_without_a_list_of_codes()
    {
        string? asked = null;
        _stub.Logs = context =>
        {
            asked = context.Request.Path + context.Request.QueryString;
            return StubSource.JsonAsync(context, StubSource.Page);
        };
        await using var client = await ConnectAsync();

        using var page = await PageAsync(client);

        Assert.Equal(
            $"/api/reports/bff/pump-logs/{StubSource.AssignmentId}?pumperId={StubSource.PumperId}"
            + "&startDate=2026-04-01T00:00:00Z&endDate=2026-04-28T23:59:59Z",
            asked);
    }

    [Theory]
    [InlineData("""{"error":{"issues":[{"path":["eventCodes"],"message":"Required"}],"name":"ZodError"}}""")]
    [InlineData("""[{"code":"invalid_type","path":["query","eventCodes"],"message":"Required"}]""")]
    [InlineData("""{"message":"eventCodes is required"}""")]
    public async Task A_server_that_insists_on_codes_gets_the_whole_list_from_then_on(string refusal)
    {
        var asked = new List<string>();
        _stub.Logs = context =>
        {
            asked.Add(context.Request.Query["eventCodes"].ToString());
            return asked[^1].Length == 0 ? StubSource.JsonAsync(context, refusal, 400) : Good(context);
        };
        await using var client = await ConnectAsync();

        using var first = await PageAsync(client);
        using var second = await PageAsync(client);

        Assert.Equal(["", "229,5,28", "229,5,28"], asked);
        Assert.Equal(StubSource.Page, Encoding.UTF8.GetString(first.Json.Span));
    }

    [Fact]
    public async Task A_server_that_refuses_the_list_too_is_asked_no_more()
    {
        _stub.Logs = context => StubSource.JsonAsync(context, """{"message":"eventCodes is wrong"}""", 400);
        await using var client = await ConnectAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(() => PageAsync(client));

        Assert.Equal(SourceErrors.RequestRefused, problem.ErrorId);
        Assert.Equal(2, _stub.Count("logs"));
    }

    [Fact]
    public async Task A_refusal_of_the_account_never_asks_for_a_list_of_codes()
    {
        _stub.Pumper = context => StubSource.JsonAsync(context, """{"message":"eventCodes is required"}""", 400);
        await using var client = await ConnectAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(() => client.GetAccountAsync(CancellationToken.None));

        Assert.Equal(SourceErrors.RequestRefused, problem.ErrorId);
    }

    [Fact]
    public async Task A_page_of_many_megabytes_in_pieces_comes_back_whole()
    {
        var entry = $$$"""{"eventProperties":{"note":"{{{new string('x', 700)}}}"}},""";
        var sent = """{"events":[""" + string.Concat(Enumerable.Repeat(entry, 5_000)).TrimEnd(',') + """],"clockChanges":[]}""";
        _stub.Logs = context => StubSource.JsonAsync(context, sent);
        await using var client = await ConnectAsync();

        using var page = await PageAsync(client);

        Assert.Equal(sent, Encoding.UTF8.GetString(page.Json.Span));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(520)]
    public async Task A_transient_status_is_repeated(int status)
    {
        _stub.Logs = StubSource.InTurn(
            StubSource.Status(status), StubSource.Status(status, "1"), Good);
        await using var client = await ConnectAsync();

        using var page = await PageAsync(client);

        Assert.Equal(3, _stub.Count("logs"));
    }

    [Theory]
    [InlineData("<html>maintenance</html>", "text/html")]
    [InlineData("<html>maintenance</html>", "application/json")]
    [InlineData(StubSource.Page, "text/html")]
    [InlineData("""{"events":[{"a":1},{"b":""", "application/json")]
    [InlineData("""{"events":[{"a":1}]""", "application/json")]
    [InlineData("""{"events":[{"a":}],"clockChanges":[]}""", "application/json")]
    [InlineData("""{"events":null,"clockChanges":[]}""", "application/json")]
    [InlineData("""{"events":{},"clockChanges":[]}""", "application/json")]
    [InlineData("""{"message":"something went wrong"}""", "application/json")]
    [InlineData("""{"x":{"events":[]}}""", "application/json")]
    [InlineData("""[{"events":[]}]""", "application/json")]
    [InlineData("""{"events":[]} {"events":[]}""", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("", "application/json")]
    public async Task An_answer_that_is_no_page_is_repeated_and_never_taken_for_an_empty_one(string body, string type)
    {
        RequestDelegate bad = context =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        };
        _stub.Logs = StubSource.InTurn(bad, Good);
        await using var client = await ConnectAsync();

        using var page = await PageAsync(client);

        Assert.Equal(2, _stub.Count("logs"));
        Assert.Equal(StubSource.Page, Encoding.UTF8.GetString(page.Json.Span));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_cut_off_is_repeated(bool withLength)
    {
        RequestDelegate cut = async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = withLength ? 5_000 : null;
            await context.Response.WriteAsync(StubSource.Page);
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        _stub.Logs = StubSource.InTurn(cut, Good);
        await using var client = await ConnectAsync();

        using var page = await PageAsync(client);

        Assert.Equal(2, _stub.Count("logs"));
    }

    [Fact]
    public async Task Invalid_utf8_is_repeated()
    {
        byte[] body = [.. "{\"events\":[\""u8, 0xC3, .. "\"]}"u8];
        RequestDelegate bad = context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(body).AsTask();
        };
        _stub.Logs = StubSource.InTurn(bad, Good);
        await using var client = await ConnectAsync();

        using var page = await PageAsync(client);

        Assert.Equal(2, _stub.Count("logs"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"events":[""")]
    public async Task A_server_that_falls_silent_is_asked_again(string beginning)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        RequestDelegate silent = async context =>
        {
            if (beginning.Length > 0)
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(beginning);
                await context.Response.Body.FlushAsync();
            }

            // The timeout runs from before the request, so that this is its end whatever the client has read so far.
            var hangsUp = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(hangsUp.SetResult);
            time.Advance(_stub.Options().SilenceTimeout);
            await hangsUp.Task;
        };
        _stub.ExpiresIn = 365 * 24 * 3600;
        _stub.Logs = StubSource.InTurn(silent, Good);
        await using var client = await ConnectAsync(_stub.Options() with { Time = time, BaseDelay = TimeSpan.Zero });

        using var page = await PageAsync(client);

        Assert.Equal(2, _stub.Count("logs"));
        Assert.Contains(_observer.Lines, line => line.Contains("silent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failing_again_and_again_fails_the_range()
    {
        _stub.Logs = StubSource.InTurn(StubSource.Status(500), StubSource.Status(429), StubSource.Status(503));
        await using var client = await ConnectAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(() => PageAsync(client));

        Assert.Equal(SourceErrors.RangeFailed, problem.ErrorId);
        Assert.Contains("2026-04-01 to 2026-04-28", problem.Message, StringComparison.Ordinal);
        Assert.Equal(4, _stub.Count("logs"));
    }

    [Fact]
    public async Task A_page_beyond_the_limit_fails_the_range_at_once()
    {
        _stub.Logs = context => StubSource.JsonAsync(context, $$"""{"events":[],"x":"{{new string('x', 3_000_000)}}"}""");
        await using var client = await ConnectAsync(_stub.Options() with { MaxPageBytes = 1_000_000 });

        var problem = await Assert.ThrowsAsync<TandemException>(() => PageAsync(client));

        Assert.Equal(SourceErrors.RangeFailed, problem.ErrorId);
        Assert.Equal(1, _stub.Count("logs"));
    }

    [Theory]
    [InlineData(400, SourceErrors.RequestRefused)]
    [InlineData(403, SourceErrors.FirewallRefused)]
    [InlineData(404, SourceErrors.EndpointGone)]
    [InlineData(410, SourceErrors.EndpointGone)]
    [InlineData(422, SourceErrors.RequestRefused)]
    [InlineData(429, SourceErrors.RateLimited, 4)]
    public async Task A_status_becomes_an_error_with_its_own_id(int status, string id, int requests = 1)
    {
        _stub.Logs = StubSource.Status(status);
        await using var client = await ConnectAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(() => PageAsync(client));

        Assert.Equal(id, problem.ErrorId);
        Assert.Equal(requests, _stub.Count("logs"));
    }

    [Fact]
    public async Task A_request_that_is_gone_is_named_with_its_address()
    {
        _stub.Pumper = StubSource.Status(404);
        await using var client = await ConnectAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(() => client.GetAccountAsync(CancellationToken.None));

        Assert.Contains("does not know this request", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"{_stub.Base}api/reports/bff/pumper/", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(StubSource.PumperId, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>", SourceErrors.AnswerMalformed)]
    [InlineData("[]", SourceErrors.AnswerMalformed)]
    public async Task An_account_that_is_no_json_object_is_malformed(string body, string id)
    {
        _stub.Pumper = context => StubSource.JsonAsync(context, body);
        await using var client = await ConnectAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(() => client.GetAccountAsync(CancellationToken.None));

        Assert.Equal(id, problem.ErrorId);
        Assert.Equal(4, _stub.Count("pumper"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        await using var client = await ConnectAsync();
        await _stub.DisposeAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(() => PageAsync(client));

        Assert.Equal(SourceErrors.ServerUnreachable, problem.ErrorId);
    }

    [Fact]
    public async Task The_account_is_read_without_the_person()
    {
        await using var client = await ConnectAsync();

        var account = await client.GetAccountAsync(CancellationToken.None);

        var pump = Assert.Single(account.Pumps);
        Assert.Equal("90556643", pump.SerialNumber);
        Assert.Equal(new DateTime(2021, 5, 6, 12, 31, 19), pump.FirstEvent);
        Assert.Equal(new DateTime(2022, 2, 17, 1, 2, 3), pump.LastEvent);
        Assert.Equal(DateTimeKind.Unspecified, pump.LastEvent!.Value.Kind);
        Assert.Equal(new DateTimeOffset(2022, 9, 20, 5, 50, 12, TimeSpan.Zero), pump.LastUpload);
        Assert.Equal("29ED", pump.SettingsHash);
        Assert.Equal("""{"settingsHash":"29ED","details":{"x":1}}""", pump.SettingsJson);
        Assert.DoesNotContain(StubSource.FirstName, account.ToString() + pump, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", 0)]
    [InlineData("""{"pumps":null}""", 0)]
    [InlineData("""{"pumps":"none"}""", 0)]
    [InlineData("""{"pumps":[null,5,{}, {"assignmentId":null}]}""", 0)]
    [InlineData("""{"pumps":[{"assignmentId":"a","serialNumber":null,"availableDataRange":null,"maxDateOfEvents":null,"lastUploadDate":null,"settings":null}]}""", 1)]
    [InlineData("""{"pumps":[{"assignmentId":"a","serialNumber":90556643,"availableDataRange":[],"maxDateOfEvents":7,"lastUploadDate":{},"settings":"x","modelName":"\ud800"}]}""", 1)]
    public async Task An_account_with_odd_fields_is_read_as_far_as_it_goes(string json, int pumps)
    {
        _stub.AccountJson = json;
        await using var client = await ConnectAsync();

        var account = await client.GetAccountAsync(CancellationToken.None);

        Assert.Equal(pumps, account.Pumps.Count);
        Assert.All(account.Pumps, pump => Assert.Null(pump.LastEvent));
    }

    [Fact]
    public async Task Requests_go_one_at_a_time()
    {
        await using var client = await ConnectAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await PageAsync(client)).Dispose()));

        Assert.Equal(20, _stub.Count("logs"));
        Assert.Equal(1, _stub.MostAtOnce);
    }

    [Fact]
    public async Task Cancelling_ends_a_request_with_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        _stub.Logs = async context =>
        {
            stop.Cancel();
            await SilentAsync(context);
        };
        await using var client = await ConnectAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.GetLogPageAsync(StubSource.AssignmentId, First, Last, stop.Token));
        Assert.Equal(1, _stub.Count("logs"));
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(0, 2)]
    [InlineData(100_000, 120)]
    public void The_servers_own_pause_is_kept_within_limits(int asked, int expected)
    {
        var options = new SourceOptions { EventCodes = [1] };

        var pause = RetryPipelines.PauseAskedFor(
            new TransientFailure(FailureReason.Status, "x", TimeSpan.FromSeconds(asked)), options);

        Assert.Equal(TimeSpan.FromSeconds(expected), pause);
    }

    [Fact]
    public async Task Data_is_not_followed_to_another_host()
    {
        _stub.Logs = StubSource.RedirectTo("https://evil.example/steal");
        await using var client = await ConnectAsync();

        var problem = await Assert.ThrowsAsync<TandemException>(() => PageAsync(client));

        Assert.Equal(SourceErrors.RedirectRefused, problem.ErrorId);
        Assert.Equal(1, _stub.Count("logs"));
    }

    [Fact]
    public async Task An_assignment_id_that_climbs_out_of_its_path_is_not_sent()
    {
        await using var client = await ConnectAsync();

        await Assert.ThrowsAsync<TandemException>(
            () => client.GetLogPageAsync("../pumper/x", First, Last, CancellationToken.None));

        Assert.Equal(0, _stub.Count("pumper"));
    }

    private static Task Good(HttpContext context) => StubSource.JsonAsync(context, StubSource.Page);

    private static Task SilentAsync(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private static Task<LogPage> PageAsync(TandemSourceClient client) =>
        client.GetLogPageAsync(StubSource.AssignmentId, First, Last, CancellationToken.None);

    private Task<TandemSourceClient> ConnectAsync(SourceOptions? options = null) =>
        TandemSourceClient.ConnectAsync(options ?? _stub.Options(), StubSource.Credential(), _observer, CancellationToken.None);
}

using Microsoft.Extensions.Time.Testing;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Tests.Source;

public sealed class SignInBackoffTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_pause_doubles_from_30_seconds_to_5_minutes()
    {
        var backoff = new SignInBackoff(_time);

        var pauses = Enumerable.Range(0, 7).Select(_ => backoff.Failed().TotalSeconds);

        Assert.Equal([30, 60, 120, 240, 300, 300, 300], pauses);
    }

    [Fact]
    public void The_pause_runs_out_with_time()
    {
        var backoff = new SignInBackoff(_time);
        Assert.Equal(TimeSpan.Zero, backoff.Remaining);
        backoff.Failed();

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(10), backoff.Remaining);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.Zero, backoff.Remaining);
    }

    [Fact]
    public void A_success_starts_it_over()
    {
        var backoff = new SignInBackoff(_time);
        backoff.Failed();
        backoff.Failed();

        backoff.Succeeded();

        Assert.Equal(TimeSpan.Zero, backoff.Remaining);
        Assert.Equal(TimeSpan.FromSeconds(30), backoff.Failed());
    }
}

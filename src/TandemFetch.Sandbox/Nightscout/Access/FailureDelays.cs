namespace TandemFetch.Sandbox.Nightscout.Access;

/// <summary>
/// Until when each address has to wait. Every failure adds to it, the next request waits whatever it carries, and a
/// success ends it.
/// </summary>
internal sealed class FailureDelays(TimeSpan each, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _until = [];

    public void AddFailure(string address)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _until[address] = (_until.TryGetValue(address, out var until) && until > now ? until : now) + each;
        }
    }

    public TimeSpan DueFor(string address)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return _until.TryGetValue(address, out var until) && until > now ? until - now : TimeSpan.Zero;
        }
    }

    public void Forgive(string address)
    {
        lock (_gate)
        {
            _until.Remove(address);
        }
    }
}

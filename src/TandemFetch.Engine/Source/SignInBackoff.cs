namespace TandemFetch.Engine.Source;

/// <summary>
/// How long a loop waits after failed sign-ins: 30 s, doubling, at most 5 minutes. More frequent attempts lock the
/// account or get the machine banned by the web firewall.
/// </summary>
/// <param name="time">Clock.</param>
public sealed class SignInBackoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private long _failedAt;

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>Time to wait before the next attempt; zero if it may be made now.</summary>
    public TimeSpan Remaining
    {
        get
        {
            // Elapsed time, not the wall clock, which may be set while a loop is waiting.
            var left = Failures == 0 ? TimeSpan.Zero : PauseAfter(Failures) - time.GetElapsedTime(_failedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The pause that follows the given number of failures in a row.</summary>
    public static TimeSpan PauseAfter(int failures)
    {
        if (failures <= 0)
        {
            return TimeSpan.Zero;
        }

        var pause = First * Math.Pow(2, Math.Min(failures - 1, 10));
        return pause < Longest ? pause : Longest;
    }

    /// <summary>Records that a sign-in failed now.</summary>
    /// <returns>The time to wait.</returns>
    public TimeSpan Failed()
    {
        Failures++;
        _failedAt = time.GetTimestamp();
        return Remaining;
    }

    /// <summary>Records that a sign-in succeeded; the pause after the next failure is 30 s again.</summary>
    public void Succeeded() => Failures = 0;
}

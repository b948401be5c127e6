using TandemFetch.Sandbox.Account;
using TandemFetch.Sandbox.Identity;
using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Sandbox;

/// <summary>What a sandbox is started with.</summary>
public sealed record SandboxOptions
{
    /// <summary>The only e-mail address that is known.</summary>
    public const string Email = "sandbox@example.com";

    /// <summary>Its password.</summary>
    public const string Password = "sandbox";

    /// <summary>Loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Decides the account, its pumps and their logs.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many days of log there are at the start.</summary>
    public int Days { get; init; } = 90;

    /// <summary>Instead of <see cref="Days"/>: as many days as this many entries take.</summary>
    public long? Entries { get; init; }

    /// <summary>The owner's home zone, an IANA name.</summary>
    public string TimeZone { get; init; } = "America/New_York";

    /// <summary>
    /// The last local day of the log, which makes it independent of today's date; null lets the log end a minute and a
    /// half ago.
    /// </summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>
    /// How fast the pump's time passes after the start. Null: as in reality, or not at all if <see cref="EndDate"/> is
    /// set. Tokens always live in real time.
    /// </summary>
    public double? Speed { get; init; }

    /// <summary>How many pumps: the one in use, then an old one, one that never uploaded, and more old ones. 0 is an empty account.</summary>
    public int Pumps { get; init; } = 1;

    /// <summary>Whether the first pump has never uploaded.</summary>
    public bool NeverUploaded { get; init; }

    /// <summary>About sixty entries a day instead of a thousand.</summary>
    public bool Sparse { get; init; }

    /// <summary>How the owner treats the clock; what is null is drawn from the seed.</summary>
    public ClockHabits Clock { get; init; } = new();

    /// <summary>The sensor; drawn when null.</summary>
    public SensorKind? Sensor { get; init; }

    /// <summary>The algorithm; drawn when null.</summary>
    public ControlAlgorithm? Algorithm { get; init; }

    /// <summary>What the pumps write besides the plain log.</summary>
    public LogTraits Traits { get; init; } = LogTraits.All;

    /// <summary>The only region in which the account exists; null for both.</summary>
    public AccountRegion? Region { get; init; }

    /// <summary>What the account shows as the end of a pump's log.</summary>
    public LogRangeEnd RangeEnd { get; init; }

    /// <summary>
    /// Whether profiles have sixteen segments each, the unused ones all zero, rather than those in use alone.
    /// </summary>
    public bool PadsProfiles { get; init; }

    /// <summary>How long an access token is good.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Rejected passwords after which the account is locked.</summary>
    public int LockAfter { get; init; } = 5;

    /// <summary>Days that one request may cover; more fail with 500.</summary>
    public int MaxWindowDays { get; init; } = 28;

    /// <summary>Serves every code, whatever was requested, as the real server has been observed to do.</summary>
    public bool IgnoresEventCodes { get; init; }

    /// <summary>Rejects requests for the log without codes.</summary>
    public bool RequiresEventCodes { get; init; }

    /// <summary>Clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

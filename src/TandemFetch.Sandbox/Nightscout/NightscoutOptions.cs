namespace TandemFetch.Sandbox.Nightscout;

/// <summary>What a Nightscout server is started with.</summary>
public sealed record NightscoutOptions
{
    /// <summary>Loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The secret of the administrator.</summary>
    public string ApiSecret { get; init; } = "sandbox-nightscout";

    /// <summary>Those who have an access token.</summary>
    public IReadOnlyList<NightscoutSubject> Subjects { get; init; } = [NightscoutSubject.Uploader];

    /// <summary>
    /// Names of the roles that everybody has, separated by blanks or commas: <c>readable</c> or <c>denied</c>.
    /// </summary>
    public string DefaultRoles { get; init; } = "readable";

    /// <summary>How long a wrong secret delays the next request of the same address.</summary>
    public TimeSpan FailureDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether delays are waited for, rather than only recorded in the ledger.</summary>
    public bool WaitsForDelays { get; init; } = true;

    /// <summary>Clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

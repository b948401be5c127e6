using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Sandbox.Account;

/// <summary>A pump of the account.</summary>
/// <param name="AssignmentId">The key of its log.</param>
/// <param name="SerialNumber">What people know it by.</param>
/// <param name="ModelNumber">Model number.</param>
/// <param name="ModelName">Model name.</param>
/// <param name="SoftwareVersion">Software version.</param>
/// <param name="Log">Its log; null when it never uploaded.</param>
/// <param name="StaleUpload">For a pump no longer in use, how long after its last entry it was uploaded.</param>
public sealed record SandboxPump(
    string AssignmentId,
    string SerialNumber,
    string ModelNumber,
    string ModelName,
    string SoftwareVersion,
    SyntheticPump? Log,
    TimeSpan? StaleUpload)
{
    internal DateTimeOffset? LastUpload => Log?.LastUpload + (StaleUpload ?? TimeSpan.Zero);
}

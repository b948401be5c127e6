using TandemFetch.Sandbox.Logs;

namespace TandemFetch.Sandbox.Faults;

/// <summary>The faults of a request that the endpoint itself must produce.</summary>
internal sealed record FiredFaults
{
    private static readonly FiredFaults None = new();

    public PageFaults Page { get; init; } = PageFaults.None;

    public bool RejectPassword { get; init; }

    public bool LockAccount { get; init; }

    public static FiredFaults Of(HttpContext context) => context.Items[typeof(FiredFaults)] as FiredFaults ?? None;

    public static FiredFaults From(IReadOnlyList<FaultRule> rules)
    {
        FaultRule? Find(FaultKind kind) => rules.FirstOrDefault(r => r.Kind == kind);
        return new FiredFaults
        {
            RejectPassword = Find(FaultKind.RejectPassword) is not null,
            LockAccount = Find(FaultKind.LockAccount) is not null,
            Page = new PageFaults
            {
                DuplicateEvery = Find(FaultKind.Duplicate) is null ? 0 : 10,
                WrongTypes = Find(FaultKind.WrongTypes) is not null,
                MalformedEntry = Find(FaultKind.MalformedEntry) is not null,
                UnknownCodes = Find(FaultKind.UnknownCodes) is not null,
                Huge = Find(FaultKind.HugePage) is not null,
                WithheldShare = Find(FaultKind.LateEntries)?.Share ?? 0,
                Seed = (ulong)(uint)(Find(FaultKind.LateEntries)?.Seed ?? 0),
            },
        };
    }

    public void Attach(HttpContext context) => context.Items[typeof(FiredFaults)] = this;
}

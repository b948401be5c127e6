namespace TandemFetch.Sandbox.Identity;

internal enum SignInOutcome
{
    Success,
    Rejected,
    Locked,
}

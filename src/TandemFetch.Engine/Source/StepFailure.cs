namespace TandemFetch.Engine.Source;

/// <summary>A step of the sign-in failed, and retrying would not help. Stays within this namespace.</summary>
internal sealed class StepFailure(string message) : Exception(message);

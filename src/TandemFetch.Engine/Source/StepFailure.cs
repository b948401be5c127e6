namespace TandemFetch.Engine.Source;

/// <summary>
/// A step of the sign-in did not go as it should, and repeating it would not help. Never leaves this room.
/// </summary>
internal sealed class StepFailure(string message) : Exception(message);

namespace TandemFetch.Engine.Pipeline;

/// <summary>An entry that cannot be filed, and why.</summary>
/// <param name="Bytes">Where it lies in the page.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Device">The pump that it names; null where it names none.</param>
internal readonly record struct RejectedEntry(Range Bytes, string Reason, string? Device = null);

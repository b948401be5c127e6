namespace TandemFetch.Engine.Pipeline;

/// <summary>An entry that cannot be stored, and why.</summary>
/// <param name="Bytes">Its location in the page.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Device">The pump that it names; null if it names none.</param>
internal readonly record struct RejectedEntry(Range Bytes, string Reason, string? Device = null);

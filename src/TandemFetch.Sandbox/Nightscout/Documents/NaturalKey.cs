namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>What makes two documents of a collection the same, apart from their ids.</summary>
/// <param name="Time">Milliseconds since 1970.</param>
/// <param name="Kind">The type of an entry, the eventType of a treatment.</param>
internal readonly record struct NaturalKey(long Time, string Kind);

namespace TandemFetch.Engine.Source;

/// <summary>An answer beyond what is taken. Not repeated: it would be as large again. Never leaves this room.</summary>
internal sealed class ResponseTooLarge(long bytes) : Exception($"The response has {bytes:N0} bytes or more.");

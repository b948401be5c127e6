namespace TandemFetch.Engine.Source;

/// <summary>
/// A response above the limit. It is not retried, because it would be just as large again. Stays within this namespace.
/// </summary>
internal sealed class ResponseTooLarge(long bytes) : Exception($"The response has {bytes:N0} bytes or more.");

namespace TandemFetch.Engine.Source;

/// <summary>The access token has expired or was revoked. Stays within this namespace.</summary>
internal sealed class UnauthorizedResponse() : Exception("The server no longer accepts the access token.");

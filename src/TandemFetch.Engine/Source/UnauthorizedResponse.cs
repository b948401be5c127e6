namespace TandemFetch.Engine.Source;

/// <summary>The access token has expired or was revoked. Never leaves this room.</summary>
internal sealed class UnauthorizedResponse() : Exception("The server no longer accepts the access token.");

namespace TandemFetch.Sandbox.Nightscout.Endpoints;

/// <summary>A request that gets an error as its response.</summary>
internal sealed class RefusedException(int status, string message, string? description = null) : Exception(message)
{
    public int Status => status;

    public string? Description => description;
}

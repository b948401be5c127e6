namespace TandemFetch.Sandbox.Nightscout.Queries;

/// <summary>A query that the database, or what translates it, refuses.</summary>
internal sealed class QueryException(string message) : Exception(message);

namespace TandemFetch.Sandbox.Nightscout.Documents;

/// <summary>The database refused a document. What precedes it in the batch is stored, what follows is not.</summary>
internal sealed class BulkWriteException(string message) : Exception(message);

namespace TandemFetch.Engine.Import;

/// <summary>A file with log entries, read as the pages that the server would send.</summary>
internal interface IEntryFile
{
    /// <summary>Device assignment ids of the pumps whose entries the file contains.</summary>
    IReadOnlyList<string> Devices { get; }

    /// <summary>
    /// The entries of one pump as <c>pump-logs</c> responses, UTF-8; each is valid until the next one.
    /// </summary>
    IEnumerable<ReadOnlyMemory<byte>> Pages(string device, CancellationToken cancellationToken);
}

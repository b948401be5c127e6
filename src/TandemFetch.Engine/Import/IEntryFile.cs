namespace TandemFetch.Engine.Import;

/// <summary>A file with log entries, given back as the pages that the server would send.</summary>
internal interface IEntryFile
{
    /// <summary>Device assignment ids of the pumps whose entries the file holds.</summary>
    IReadOnlyList<string> Devices { get; }

    /// <summary>The entries of one pump as <c>pump-logs</c> answers, UTF-8; each is valid until the next.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Pages(string device, CancellationToken cancellationToken);
}

namespace TandemFetch.Engine.Lake;

/// <summary>One Parquet file of a pump, as its manifest lists it.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Bytes">The size of the file, bytes.</param>
/// <param name="Sha256">The SHA-256 checksum of the file.</param>
/// <param name="Fingerprint">Changes when the rows change; it is the same for the same rows in another file.</param>
internal sealed record LakeFile(long Rows, long Bytes, string Sha256, string Fingerprint);

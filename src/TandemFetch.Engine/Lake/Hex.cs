namespace TandemFetch.Engine.Lake;

/// <summary>Hashes as text.</summary>
internal static class Hex
{
    /// <summary>Bytes as hexadecimal digits in lower case.</summary>
    public static string Of(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}

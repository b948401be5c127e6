using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// Replaces names by keyed hashes (HMAC-SHA256): whoever has the key can calculate the pseudonym of a serial number,
/// and nobody else. The shift of a pump's dates comes from the same key.
/// </summary>
public sealed class Pseudonyms
{
    /// <summary>The least length of a key, bytes.</summary>
    public const int ShortestKey = 32;

    // 96 bits, so that no two pumps have the same.
    private const int Digits = 24;
    private const int MostYears = 8;
    private const double WeeksPerYear = 365.2425 / 7;

    private readonly byte[] _key;

    private Pseudonyms(byte[] key) => _key = key;

    /// <summary>A text by which the key is recognized, and from which it cannot be calculated.</summary>
    internal string Check => Hash("check", "");

    /// <summary>Pseudonyms with a key.</summary>
    /// <param name="key">
    /// The key, at least <see cref="ShortestKey"/> bytes; white space around it does not count.
    /// </param>
    /// <param name="origin">Where it comes from, for messages.</param>
    /// <exception cref="TandemException"><see cref="LakeErrors.KeyInvalid"/>: it is too short.</exception>
    public static Pseudonyms Of(ReadOnlySpan<byte> key, string origin)
    {
        var trimmed = key.Trim(" \t\r\n"u8);
        return trimmed.Length >= ShortestKey
            ? new Pseudonyms(trimmed.ToArray())
            : throw new TandemException(
                LakeErrors.KeyInvalid,
                TandemErrorKind.InvalidArgument,
                $"The key in {origin} has {Quantity.Of(trimmed.Length, "byte")}; it needs at least {ShortestKey}. "
                + "[Security.Cryptography.RandomNumberGenerator]::GetHexString(64) makes one.",
                origin);
    }

    /// <summary>The pseudonym of a pump. It begins with a letter, so that no reader takes it for a number.</summary>
    internal string OfPump(string serial) => "p" + Hash("pump", serial);

    /// <summary>The pseudonym of the key under which Tandem Source lists a pump.</summary>
    internal string OfAssignment(string id) => "a" + Hash("assignment", id);

    /// <summary>
    /// By how many weeks the dates of a pump move into the past: one to eight years, which keeps the day of the week
    /// and the season.
    /// </summary>
    internal int WeeksOf(string serial)
    {
        var years = 1 + (int)(BinaryPrimitives.ReadUInt32BigEndian(Bytes("shift", serial)) % MostYears);
        return (int)Math.Round(years * WeeksPerYear);
    }

    private string Hash(string purpose, string text) => Hex.Of(Bytes(purpose, text))[..Digits];

    private byte[] Bytes(string purpose, string text) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\0{text}"));
}

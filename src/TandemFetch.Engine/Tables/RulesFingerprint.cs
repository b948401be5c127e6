using System.Security.Cryptography;
using System.Text;

namespace TandemFetch.Engine.Tables;

/// <summary>A short hash that changes when the text of a rule changes.</summary>
internal static class RulesFingerprint
{
    public static string Of(string rules) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(rules)))[..12];
}

namespace TandemFetch.Engine;

/// <summary>What others say, among our own sentences.</summary>
public static class Sentence
{
    /// <summary>
    /// The first line of a message, which ends like a sentence: systems and libraries often omit the full stop.
    /// </summary>
    /// <param name="error">The exception with the message.</param>
    public static string Of(Exception error)
    {
        var line = error.Message.Trim().Split('\n')[0].TrimEnd();
        return line.Length > 0 && line[^1] is '.' or '!' or '?' ? line : line + ".";
    }
}

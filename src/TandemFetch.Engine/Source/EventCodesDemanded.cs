namespace TandemFetch.Engine.Source;

/// <summary>
/// The server rejected a request for the log because it contains no event codes. Stays within this namespace.
/// </summary>
internal sealed class EventCodesDemanded() : Exception("The server insists on a list of event codes.")
{
    private const int LargestRefusal = 64 * 1024;

    /// <summary>
    /// Whether a rejection (400) of a request without the key <c>eventCodes</c> is about that key, in whatever form.
    /// </summary>
    /// <param name="refusal">The response, of which at most the first 64 KB are read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<bool> IsMeantByAsync(HttpResponseMessage refusal, CancellationToken cancellationToken)
    {
        var text = new byte[LargestRefusal];
        using var stream = await refusal.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var length = await stream.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return text.AsSpan(0, length).IndexOf("eventCodes"u8) >= 0;
    }
}

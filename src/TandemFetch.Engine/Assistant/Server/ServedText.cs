using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TandemFetch.Engine.Assistant.Server;

/// <summary>A text that a client can read.</summary>
/// <param name="name">Its name, of which its address is made.</param>
/// <param name="title">Its name for people.</param>
/// <param name="description">What it is about.</param>
/// <param name="type">Its media type.</param>
/// <param name="read">Reads it.</param>
internal sealed class ServedText(
    string name, string title, string description, string type, Func<CancellationToken, Task<string>> read)
    : McpServerResource
{
    /// <inheritdoc/>
    public override Resource ProtocolResource { get; } = new()
    {
        Name = name,
        Title = title,
        Uri = UriOf(name),
        Description = description,
        MimeType = type,
    };

    /// <inheritdoc/>
    public override ResourceTemplate ProtocolResourceTemplate { get; } = new()
    {
        Name = name,
        Title = title,
        UriTemplate = UriOf(name),
        Description = description,
        MimeType = type,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<object> Metadata => [];

    /// <inheritdoc/>
    public override bool IsMatch(string uri) => uri == UriOf(name);

    /// <inheritdoc/>
    public override async ValueTask<ReadResourceResult> ReadAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken = default) => new()
        {
            Contents =
            [
                new TextResourceContents
                {
                    Uri = UriOf(name),
                    MimeType = type,
                    Text = await read(cancellationToken).ConfigureAwait(false),
                },
            ],
        };

    private static string UriOf(string name) => $"tandemfetch://{name}";
}

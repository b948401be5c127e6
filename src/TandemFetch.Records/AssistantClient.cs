namespace TandemFetch.Records;

/// <summary>Programs that start servers for assistants, by the form of their settings.</summary>
public enum AssistantClient
{
    /// <summary>The form that most clients share: a member <c>mcpServers</c>.</summary>
    Common,

    /// <summary>The form of Visual Studio Code: a member <c>servers</c> with a type.</summary>
    VSCode,
}

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>What a tool returns.</summary>
/// <param name="Value">The result.</param>
/// <param name="Rows">How many entries are in it, for the audit.</param>
internal sealed record ToolResult(object Value, int Rows);

namespace TandemFetch.Engine.Assistant;

/// <summary>Error ids of the assistant's server.</summary>
public static class AssistantErrors
{
    /// <summary>A query uses something that is not on the list of what queries may use.</summary>
    public const string Refused = "AssistantQueryRefused";

    /// <summary>A query that may run fails, or DuckDB does not accept it.</summary>
    public const string QueryFailed = "AssistantQueryFailed";

    /// <summary>An argument of a tool is not what it should be.</summary>
    public const string ArgumentInvalid = "AssistantArgumentInvalid";

    /// <summary>Another process holds the file.</summary>
    public const string Busy = "AssistantBusy";

    /// <summary>The file cannot be read.</summary>
    public const string Unreadable = "AssistantDatabaseUnreadable";

    /// <summary>A call took longer than allowed, or more memory, or its process ended.</summary>
    public const string Ended = "AssistantCallEnded";

    /// <summary>The process in which calls run cannot be started.</summary>
    public const string NotStarted = "AssistantWorkerFailed";

    /// <summary>The audit file cannot be written.</summary>
    public const string AuditFailed = "AssistantAuditFailed";

    /// <summary>A line of the audit file is not a call.</summary>
    public const string AuditInvalid = "AssistantAuditInvalid";
}

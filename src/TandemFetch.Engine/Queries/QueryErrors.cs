namespace TandemFetch.Engine.Queries;

/// <summary>Ids of the failures of queries.</summary>
public static class QueryErrors
{
    /// <summary>
    /// DuckDB does not accept the statement, or fails while it runs; the message has the place in the text.
    /// </summary>
    public const string Failed = "QueryFailed";

    /// <summary>The statement could change the file, and that was not allowed.</summary>
    public const string ReadOnly = "QueryReadOnly";

    /// <summary>The statement has a parameter that nobody gave a value.</summary>
    public const string ParameterMissing = "QueryParameterMissing";

    /// <summary>A value was given for a parameter that the statement does not have.</summary>
    public const string ParameterUnknown = "QueryParameterUnknown";

    /// <summary>A parameter's value is of a type that DuckDB has nothing for.</summary>
    public const string ParameterUnsupported = "QueryParameterUnsupported";

    /// <summary>A column or a value of the result has no counterpart in .NET.</summary>
    public const string ValueUnsupported = "QueryValueUnsupported";
}

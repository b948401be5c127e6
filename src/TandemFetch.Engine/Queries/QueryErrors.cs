namespace TandemFetch.Engine.Queries;

/// <summary>Error ids of queries.</summary>
public static class QueryErrors
{
    /// <summary>
    /// DuckDB does not accept the statement, or it fails while running; the message contains the position in the text.
    /// </summary>
    public const string Failed = "QueryFailed";

    /// <summary>The statement could change the file, and that is not allowed.</summary>
    public const string ReadOnly = "QueryReadOnly";

    /// <summary>The statement has a parameter without a value.</summary>
    public const string ParameterMissing = "QueryParameterMissing";

    /// <summary>There is a value for a parameter that the statement does not have.</summary>
    public const string ParameterUnknown = "QueryParameterUnknown";

    /// <summary>A parameter's value has a type that DuckDB does not support.</summary>
    public const string ParameterUnsupported = "QueryParameterUnsupported";

    /// <summary>There is no file with the query.</summary>
    public const string FileNotFound = "QueryFileNotFound";

    /// <summary>The file with the query has no text in it.</summary>
    public const string FileEmpty = "QueryFileEmpty";

    /// <summary>The file with the query is not in the file system, cannot be read, or is not UTF-8.</summary>
    public const string FileInvalid = "QueryFileInvalid";

    /// <summary>A column or a value of the result has no equivalent in .NET.</summary>
    public const string ValueUnsupported = "QueryValueUnsupported";
}

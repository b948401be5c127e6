namespace TandemFetch.Engine.OwnTables;

/// <summary>Error ids of tables that users write.</summary>
public static class OwnTableErrors
{
    /// <summary>The name cannot be that of a table.</summary>
    public const string NameInvalid = "TableNameInvalid";

    /// <summary>The name is that of a table or view of the pump's data, or of a view.</summary>
    public const string NameReserved = "TableNameReserved";

    /// <summary>An object has no properties that could be columns, or two of the same name.</summary>
    public const string RowInvalid = "TableRowInvalid";

    /// <summary>A property has a value that no column can hold.</summary>
    public const string ValueUnsupported = "TableValueUnsupported";

    /// <summary>A value does not have the type of its column.</summary>
    public const string TypeConflict = "TableTypeConflict";
}

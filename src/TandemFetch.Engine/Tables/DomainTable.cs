namespace TandemFetch.Engine.Tables;

/// <summary>A table that users read: its definition, and the record of a row.</summary>
public abstract class DomainTable : TableDefinition
{
    private protected DomainTable()
    {
    }

    /// <summary>The record of a row.</summary>
    public abstract Type RecordType { get; }
}

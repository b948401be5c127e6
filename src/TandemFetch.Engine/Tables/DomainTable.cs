namespace TandemFetch.Engine.Tables;

/// <summary>A table that a person wants to read: its definition, and the record that a row becomes.</summary>
public abstract class DomainTable : TableDefinition
{
    private protected DomainTable()
    {
    }

    /// <summary>The record of a row.</summary>
    public abstract Type RecordType { get; }
}

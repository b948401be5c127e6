namespace TandemFetch.Engine.Tables.TherapyEntries;

/// <summary>Copies of the rare entries that domain tables join, with all codes that those tables use.</summary>
internal sealed class TherapyEntriesTable : TableDefinition
{
    public override string Name => "bookkeeping.therapy_entries";

    internal override TableSource Source => TableSource.Events;

    internal override string CodesOfRow => "[event_id]";
}

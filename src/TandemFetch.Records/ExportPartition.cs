namespace TandemFetch.Records;

/// <summary>What the folders of a partitioned export represent.</summary>
public enum ExportPartition
{
    /// <summary><c>year=2026</c>, the year in the pump's zone.</summary>
    Year,

    /// <summary><c>year=2026/month=4</c>, the month in the pump's zone.</summary>
    Month,

    /// <summary><c>pump=90556643</c>, the pump's serial number.</summary>
    Pump,
}

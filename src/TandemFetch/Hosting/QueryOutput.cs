namespace TandemFetch.Hosting;

/// <summary>What the rows of a query become.</summary>
public enum QueryOutput
{
    /// <summary>An object per row, with a property per column.</summary>
    PSObject,

    /// <summary>One <see cref="System.Data.DataTable"/> per statement.</summary>
    DataTable,

    /// <summary>The first column of the first row alone.</summary>
    Scalar,

    /// <summary>An ordered dictionary per row.</summary>
    Dictionary,
}

namespace TandemFetch.Hosting;

/// <summary>The output for the rows of a query.</summary>
public enum QueryOutput
{
    /// <summary>An object per row, with a property per column.</summary>
    PSObject,

    /// <summary>One <see cref="System.Data.DataTable"/> per statement.</summary>
    DataTable,

    /// <summary>Only the first column of the first row.</summary>
    Scalar,

    /// <summary>An ordered dictionary per row.</summary>
    Dictionary,
}

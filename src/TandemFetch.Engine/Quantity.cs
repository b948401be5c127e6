namespace TandemFetch.Engine;

/// <summary>Numbers with their noun.</summary>
public static class Quantity
{
    /// <summary>Such as <c>1 row</c> and <c>1,200 rows</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The noun for one.</param>
    /// <param name="many">The noun for any other number; by default with an s.</param>
    public static string Of(long count, string one, string? many = null) =>
        count == 1 ? $"1 {one}" : $"{count:N0} {many ?? one + "s"}";
}

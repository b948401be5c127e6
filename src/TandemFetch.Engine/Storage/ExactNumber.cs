namespace TandemFetch.Engine.Storage;

/// <summary>DuckDB's DECIMAL as .NET's decimal.</summary>
internal static class ExactNumber
{
    /// <summary>Converts a number of up to 18 digits.</summary>
    /// <param name="unscaled">Its digits without the decimal point.</param>
    /// <param name="scale">How many of them are decimal places: up to 18.</param>
    public static decimal Of(long unscaled, byte scale)
    {
        var magnitude = (ulong)Math.Abs(unscaled);
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, unscaled < 0, scale);
    }
}

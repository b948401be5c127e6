namespace TandemFetch.Engine.Analytics.Glucose;

/// <summary>Measures that are formulas of other measures.</summary>
internal static class GlucoseFormulas
{
    /// <summary>Glucose management indicator, percent (Bergenstal 2018).</summary>
    public static double Gmi(double mean) => 3.31 + (0.02392 * mean);

    /// <summary>Estimated A1c, percent (ADAG, Nathan 2008).</summary>
    public static double EstimatedA1c(double mean) => (46.7 + mean) / 28.7;

    /// <summary>Coefficient of variation, percent.</summary>
    public static double CoefficientOfVariation(double mean, double deviation) => 100 * deviation / mean;

    /// <summary>J-index (Wojcicki 1995), of mg/dL.</summary>
    public static double JIndex(double mean, double deviation) => 0.001 * (mean + deviation) * (mean + deviation);

    /// <summary>The zone of a Glycemia Risk Index (Klonoff 2022).</summary>
    public static string GlycemiaRiskZone(double index) => index switch
    {
        <= 20 => "A",
        <= 40 => "B",
        <= 60 => "C",
        <= 80 => "D",
        _ => "E",
    };

    /// <summary>
    /// The symmetrized glucose scale (Kovatchev 1997): 0 at 112.5 mg/dL, as in iglu lbgi and hbgi, negative below and
    /// positive above.
    /// </summary>
    public static double RiskScale(int glucose) => Math.Pow(Math.Log(glucose), 1.084) - 5.381;

    /// <summary>The risk of a value on the symmetrized scale (Kovatchev 1997).</summary>
    public static double Risk(double scaled) => 22.77 * scaled * scaled;
}

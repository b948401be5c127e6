namespace TandemFetch.Sandbox.Pump;

/// <summary>
/// A person's glucose in steps of five minutes: two compartments each for insulin and carbohydrates, a need that varies over the
/// day, some self-regulation and noise. Sums and products only, so that every machine computes the same.
/// </summary>
internal sealed class GlucoseModel(double correctionFactor, double carbRatio, SeededRandom random)
{
    private const double InsulinPerStep = 0.095;
    private const double CarbsPerStep = 0.13;

    private double _insulinBelowSkin;
    private double _insulinActing;
    private double _stomach;
    private double _gut;
    private double _wander;

    /// <summary>mg/dL.</summary>
    public double Glucose { get; private set; } = 125;

    /// <summary>mg/dL in the last five minutes.</summary>
    public double Trend { get; private set; }

    /// <summary>Bolus and basal insulin still to act, units.</summary>
    public double InsulinInBody => _insulinBelowSkin + _insulinActing;

    /// <summary>What is in the body when basal alone covers the need (units an hour).</summary>
    public static double InsulinAtRest(double need) => need / 12 / InsulinPerStep * 2;

    public void Begin(double need) => _insulinBelowSkin = _insulinActing = InsulinAtRest(need) / 2;

    public void Eat(double grams) => _stomach += grams;

    /// <summary>Advances five minutes.</summary>
    /// <param name="units">Insulin absorbed in that time.</param>
    /// <param name="need">Units an hour that would keep glucose level.</param>
    /// <param name="sensitivity">1, more during exercise.</param>
    public void Step(double units, double need, double sensitivity)
    {
        var absorbed = _insulinBelowSkin * InsulinPerStep;
        var acted = _insulinActing * InsulinPerStep;
        _insulinBelowSkin += units - absorbed;
        _insulinActing += absorbed - acted;
        var emptied = _stomach * CarbsPerStep;
        var digested = _gut * CarbsPerStep;
        _stomach -= emptied;
        _gut += emptied - digested;
        _wander = (_wander * 0.96) + (random.Normal() * 0.6);

        var change = (correctionFactor * (need / 12))
            - (correctionFactor * acted * sensitivity)
            + (digested * correctionFactor / carbRatio)
            - (0.004 * (Glucose - 115))
            + _wander;

        // The liver defends against lows, the kidneys against highs.
        if (Glucose < 84)
        {
            change += (84 - Glucose) * 0.12;
        }
        else if (Glucose > 260)
        {
            change -= (Glucose - 260) * 0.02;
        }

        Trend = (Trend * 0.4) + (change * 0.6);
        Glucose = Math.Clamp(Glucose + change, 28, 560);
    }
}

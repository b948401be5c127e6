namespace TandemFetch.Engine.Analytics.Insulin;

/// <summary>What a day has in the log, all pumps together: insulin and carbohydrates as in daily_totals.</summary>
/// <param name="bounds">The day.</param>
internal sealed class DayOfInsulin(DayBounds bounds)
{
    private long _automaticThousandths;

    /// <summary>The day.</summary>
    public DayBounds Bounds => bounds;

    /// <summary>Its date.</summary>
    public DateOnly Day => bounds.Day;

    public required decimal BasalUnits { get; init; }

    public required long BasalSeconds { get; init; }

    public required decimal BolusUnits { get; init; }

    public required long Carbs { get; init; }

    public long UserBoluses { get; private set; }

    public long AutomaticBoluses { get; private set; }

    public decimal AutomaticUnits => Units(_automaticThousandths);

    public long Corrections { get; private set; }

    public long Extended { get; private set; }

    public long Overridden { get; private set; }

    public long Interrupted { get; private set; }

    public long Meals { get; private set; }

    /// <summary>Boluses of which something was delivered, and their insulin, by kind and source.</summary>
    public Dictionary<(string? Kind, string? Source), (long Boluses, long Thousandths)> Kinds { get; } = [];

    /// <summary>How much of the basal insulin the algorithm commanded, microseconds.</summary>
    public long Automated { get; set; }

    /// <summary>How much of the basal insulin the log knows the command of, microseconds.</summary>
    public long Commanded { get; set; }

    public long Sleep { get; set; }

    public long Exercise { get; set; }

    public long Suspended { get; set; }

    /// <summary>Thousandths of units as units, without superfluous zeros.</summary>
    public static decimal Units(long thousandths) => thousandths / 1000m;

    /// <summary>Counts a bolus.</summary>
    public void Count(CountedBolus bolus)
    {
        var isOfUser = !bolus.IsAutomatic;
        if (bolus.Thousandths > 0)
        {
            UserBoluses += isOfUser ? 1 : 0;
            AutomaticBoluses += isOfUser ? 0 : 1;
            var (boluses, thousandths) = Kinds.GetValueOrDefault((bolus.Kind, bolus.Source));
            Kinds[(bolus.Kind, bolus.Source)] = (boluses + 1, thousandths + bolus.Thousandths);
        }

        _automaticThousandths += isOfUser ? 0 : bolus.Thousandths;
        Corrections += isOfUser && bolus.IsCorrection ? 1 : 0;
        Extended += bolus.IsExtended ? 1 : 0;
        Overridden += isOfUser && bolus.IsOverridden ? 1 : 0;
        Interrupted += bolus.IsInterrupted ? 1 : 0;
        Meals += bolus.IsMeal ? 1 : 0;
    }
}

using System.Globalization;
using TandemFetch.Engine;
using TandemFetch.Engine.Settings;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>
/// Glucose as the module's views show it: in the unit of the user's settings, with the unit. Properties and tables stay
/// in mg/dL.
/// </summary>
public static class GlucoseDisplay
{
    // A view calls this for every cell, and the settings hardly ever change in the meantime.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private static UnitReading? _last;

    /// <summary>The name of the unit.</summary>
    public static string UnitName => GlucoseUnits.Name(Unit);

    private static GlucoseUnit Unit
    {
        get
        {
            if (_last is not { } last || TimeProvider.System.GetElapsedTime(last.Time) > Lifetime)
            {
                _last = last = new UnitReading(ReadUnit(), TimeProvider.System.GetTimestamp());
            }

            return last.Unit;
        }
    }

    /// <summary>A value with its unit; empty if there is none.</summary>
    /// <param name="milligrams">mg/dL.</param>
    public static string Text(decimal? milligrams)
    {
        var unit = Unit;
        return Format(milligrams, unit, "0", "0.0") is { } number ? $"{number} {GlucoseUnits.Name(unit)}" : "";
    }

    /// <summary>A value without its unit; empty if there is none.</summary>
    /// <param name="milligrams">mg/dL.</param>
    public static string Number(decimal? milligrams) => Format(milligrams, Unit, "0", "0.0") ?? "";

    /// <summary>A change per minute, without its unit; empty if there is none.</summary>
    /// <param name="milligrams">mg/dL per minute.</param>
    public static string Rate(decimal? milligrams) =>
        Format(milligrams, Unit, "+0.0;-0.0;0.0", "+0.00;-0.00;0.00") ?? "";

    /// <summary>Reads the settings again for the next value.</summary>
    internal static void Refresh() => _last = null;

    private static string? Format(decimal? milligrams, GlucoseUnit unit, string ofMilligrams, string ofMillimoles) =>
        GlucoseUnits.Convert((double?)milligrams, unit)?.ToString(
            unit == GlucoseUnit.MmolL ? ofMillimoles : ofMilligrams, CultureInfo.CurrentCulture);

    private static GlucoseUnit ReadUnit()
    {
        try
        {
            return UserSettings.Load().Get<GlucoseUnit>(Setting.GlucoseUnit);
        }
        catch (TandemException)
        {
            // A view must not fail; the commands report what is wrong with the settings.
            return GlucoseUnit.MgDl;
        }
    }

    private sealed record UnitReading(GlucoseUnit Unit, long Time);
}

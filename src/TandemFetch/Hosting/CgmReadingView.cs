using System.Management.Automation;

namespace TandemFetch.Hosting;

/// <summary>
/// The columns of the view of glucose readings that are not properties. A view calls one method for each: PowerShell
/// compiles every other access to a member, which takes longer than showing the table.
/// </summary>
public static class CgmReadingView
{
    // Below and above the sensor's range.
    private const int Lowest = 40;
    private const int Highest = 400;

    private const string BrightRed = "\e[91m";
    private const string BrightYellow = "\e[93m";
    private const string Reset = "\e[0m";

    /// <summary>When it was measured.</summary>
    /// <param name="reading">A reading, or one that PowerShell has serialized.</param>
    public static string Time(PSObject reading) =>
        ViewText.TrueTime(RecordValue.Of(reading, "Timestamp"), RecordValue.Of(reading, "PumpTime"));

    /// <summary>The value with its unit, in a color if it is out of range.</summary>
    /// <param name="reading">A reading, or one that PowerShell has serialized.</param>
    /// <param name="style">The session's <c>$PSStyle</c>.</param>
    public static string Glucose(PSObject reading, PSObject style)
    {
        var glucose = RecordValue.Number(reading, "Glucose") ?? 0;
        var text = glucose > Highest ? ">" + GlucoseDisplay.Text(Highest)
            : glucose < Lowest ? "<" + GlucoseDisplay.Text(Lowest)
            : GlucoseDisplay.Text(glucose);
        return glucose is >= 70 and <= 180 || IsPlain(style) ? text
            : (glucose < 70 ? BrightRed : BrightYellow) + text + Reset;
    }

    /// <summary>The trend as an arrow; empty if there is none.</summary>
    /// <param name="reading">A reading, or one that PowerShell has serialized.</param>
    public static string Trend(PSObject reading) => RecordValue.Number(reading, "RateOfChange") switch
    {
        null => "",
        >= 3 => "↑↑",
        >= 2 => "↑",
        >= 1 => "↗",
        > -1 => "→",
        > -2 => "↘",
        > -3 => "↓",
        _ => "↓↓",
    };

    /// <summary>The change per minute; empty if there is none.</summary>
    /// <param name="reading">A reading, or one that PowerShell has serialized.</param>
    public static string Rate(PSObject reading) => GlucoseDisplay.Rate(RecordValue.Number(reading, "RateOfChange"));

    private static bool IsPlain(PSObject style) =>
        Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
        || RecordValue.Of(style, "OutputRendering")?.ToString() == "PlainText";
}

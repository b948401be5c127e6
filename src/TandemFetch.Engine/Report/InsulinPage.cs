using System.Xml.Linq;
using TandemFetch.Records;

namespace TandemFetch.Engine.Report;

/// <summary>The page of insulin and settings.</summary>
/// <param name="content">The report.</param>
/// <param name="text">Its numbers.</param>
internal sealed class InsulinPage(ReportContent content, ReportText text)
{
    private InsulinMetrics Insulin => content.Insulin;

    /// <summary>The page.</summary>
    public IEnumerable<XElement?> Build() =>
    [
        Markup.Styled("div", "pair", Averages(), Use()),
        Boluses(),
        Settings(),
    ];

    private XElement Averages() => Markup.Element(
        "section",
        Markup.Element("h2", "Insulin and carbohydrates"),
        Markup.Element(
            "p",
            $"Averages by day of {Insulin.CompleteDays} complete days out of {Insulin.Days}; "
            + "a day is complete with 18 hours of basal insulin."),
        Markup.Table(
            "Averages by day",
            ["Measure", "Average"],
            [
                Markup.Row("Total insulin", [Units(Insulin.TotalUnits)]),
                Markup.Row("Basal insulin", [Units(Insulin.BasalUnits)]),
                Markup.Row("Bolus insulin", [Units(Insulin.BolusUnits)]),
                Markup.Row("Basal share", [text.Amount(Insulin.BasalPercent, "0", "%")]),
                Markup.Row("Boluses by the user", [text.Number(Insulin.UserBoluses, "0.0")]),
                Markup.Row("Automatic boluses", [text.Number(Insulin.AutomaticBoluses, "0.0")]),
                Markup.Row("Automatic bolus insulin", [Units(Insulin.AutomaticUnits)]),
                Markup.Row("Overridden boluses", [text.Number(Insulin.OverriddenBoluses, "0.0")]),
                Markup.Row("Meals", [text.Number(Insulin.Meals, "0.0")]),
                Markup.Row("Carbohydrates", [text.Amount(Insulin.Carbs, "0", "g")]),
            ]));

    private XElement Use() => Markup.Element(
        "section",
        Markup.Element("h2", "Pump use"),
        Markup.Table(
            "Use of the pump",
            ["Measure", "Value"],
            [
                Markup.Row("Time in automation", [text.Amount(Insulin.AutomationPercent, "0", "%")]),
                Markup.Row("Sleep a day", [text.Length(Insulin.SleepTimeValue)]),
                Markup.Row("Exercise a day", [text.Length(Insulin.ExerciseTimeValue)]),
                Markup.Row("Suspended a day", [text.Length(Insulin.SuspendedTimeValue)]),
                Markup.Row("Cannula changed every", [text.Amount(Insulin.CannulaDays, "0.0", "days")]),
                Markup.Row("Cartridge changed every", [text.Amount(Insulin.CartridgeDays, "0.0", "days")]),
                Markup.Row("Tubing filled every", [text.Amount(Insulin.TubingDays, "0.0", "days")]),
            ]),
        Insulin.Missing.Select(missing => missing.Reason).Distinct()
            .Select(reason => Markup.Styled("p", "reason", $"Empty values: {reason}")));

    private XElement? Boluses() => Insulin.Boluses.Count == 0 ? null : Markup.Element(
        "section",
        Markup.Element("h2", "Boluses by kind"),
        Markup.Table(
            "Boluses by kind and source, averages by day",
            ["Kind", "Source", "Boluses", "Insulin"],
            Insulin.Boluses.Select(share => Markup.Row(
                share.Kind ?? "Unknown",
                [share.Source ?? "Unknown", text.Number(share.Boluses, "0.0"), Units(share.Units)]))));

    private XElement Settings() => Markup.Element(
        "section",
        Markup.Element("h2", "Settings"),
        content.Settings.Count == 0
            ? Markup.Element("p", "The file has no settings of the pump.")
            : content.Settings.Select((profile, index) => SettingsOf(profile, index + 1)));

    // The name of a profile is written by its user and may be that of a person.
    private XElement SettingsOf(Profile profile, int number) => Markup.Styled(
        "div",
        "settings",
        Markup.Table(
            $"Profile {number.ToString(content.Culture)}{(profile.Active ? ", active" : "")}",
            ["From", "Basal, U/h", "Carb ratio, g/U", $"Correction, {text.Unit} per U", $"Target, {text.Unit}"],
            profile.Segments.Select(segment => Markup.Row(
                TimeOnly.FromTimeSpan(segment.StartValue).ToString("t", content.Culture),
                [
                    text.Number((double?)segment.BasalRate, "0.000"),
                    text.Number((double?)segment.CarbRatio, "0.#"),
                    text.Glucose(segment.CorrectionFactor),
                    text.Glucose(segment.TargetBg),
                ]))),
        Markup.Element(
            "p",
            $"Duration of insulin {text.Length(profile.InsulinDurationValue)}, "
            + $"greatest bolus {Units(profile.MaxBolus)}."));

    private string Units(decimal? units) => text.Amount((double?)units, "0.0#", "U");
}

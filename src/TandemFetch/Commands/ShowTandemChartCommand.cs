using System.Management.Automation;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Report;
using TandemFetch.Engine.Settings;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Shows glucose, boluses and carbohydrates of the last hours as a chart of characters.</summary>
[Cmdlet(VerbsCommon.Show, "TandemChart")]
[OutputType(typeof(string))]
public sealed class ShowTandemChartCommand : AnalysisCommand
{
    /// <summary>The unit of glucose; by default, that of the user's settings.</summary>
    [Parameter]
    public GlucoseUnit? Unit { get; set; }

    /// <summary>Whose target range is drawn.</summary>
    [Parameter]
    public GlucosePreset Preset { get; set; }

    /// <summary>Characters in a line; as wide as the terminal, at most 120, unless given.</summary>
    [Parameter]
    [ValidateRange(PromptChart.LeastWidth, 1_000)]
    public int? Width { get; set; }

    /// <summary>Lines of the curve.</summary>
    [Parameter]
    [ValidateRange(PromptChart.LeastHeight, 200)]
    public int Height { get; set; } = 12;

    /// <inheritdoc/>
    private protected override IReadOnlyList<object> Compute(TandemDatabase database, RecordFilter filter) =>
        PromptChart.Draw(PromptChartReader.Read(database, filter, Clock.GetUtcNow(), StopToken) with
        {
            Unit = Unit ?? Settings.Get<GlucoseUnit>(Setting.GlucoseUnit),
            Ranges = GlucoseRanges.Of(Preset),
            Width = Width ?? TerminalOutput.Width,
            Height = Height,
            IsColored = TerminalOutput.HasColors && MyInvocation.PipelinePosition == MyInvocation.PipelineLength,
            Culture = GregorianCulture.Current,
        });
}

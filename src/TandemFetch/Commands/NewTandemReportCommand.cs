using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Analytics;
using TandemFetch.Engine.Report;
using TandemFetch.Engine.Settings;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Creates a report to take to the doctor: one HTML file, or a PDF.</summary>
[Cmdlet(VerbsCommon.New, "TandemReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewTandemReportCommand : TimeRangeCommand
{
    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The unit of glucose; by default, that of the user's settings.</summary>
    [Parameter]
    public GlucoseUnit? Unit { get; set; }

    /// <summary>Whose ranges and goals are used; by default, those of the user's settings.</summary>
    [Parameter]
    public GlucosePreset? Preset { get; set; }

    /// <summary>The heading, which alone may name a person; by default, that of the user's settings.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Leaves out the daily pages.</summary>
    [Parameter]
    public SwitchParameter NoDaily { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Opens the file with the program that this machine has for it.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>Writes a PDF with the help of an installed browser.</summary>
    [Parameter]
    public SwitchParameter AsPdf { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        CheckTimeRange();
        var path = ResolveTarget();
        ReportFile.Check(path, ResolveStoredPath(), Force);
        var browser = IsOn(AsPdf, Setting.ReportAsPdf)
            ? PdfBrowser.Find(Environment.GetEnvironmentVariable("PATH"))
            : null;
        if (!ShouldProcess(path, "Write a report"))
        {
            return;
        }

        var content = Read(out var warning) with
        {
            Title = Title ?? Settings.Get<string>(Setting.ReportTitle),
            Unit = Unit ?? Settings.Get<GlucoseUnit>(Setting.GlucoseUnit),
            HasDailyPages = !IsOn(NoDaily, Setting.ReportNoDaily),
            Culture = GregorianCulture.Current,
        };
        if (warning is not null)
        {
            WriteWarning(warning);
        }

        var file = ReportFile.WriteAsync(
                path, stream => HtmlReport.Write(content, stream, StopToken), browser, Force, StopToken)
            .GetAwaiter().GetResult();
        WriteObject(file);
        if (IsOn(Open, Setting.ReportOpen))
        {
            FileViewer.Open(file.FullName, System.Diagnostics.Process.Start);
        }
    }

    private ReportContent Read(out string? warning)
    {
        using var database = OpenDerived();
        var filter = ResolveFilter(database);
        warning = UnknownTime.Warning(database, filter);
        var preset = Preset ?? Settings.Get<GlucosePreset>(Setting.ReportPreset);
        return ReportReader.Read(database, filter, GlucoseRanges.Of(preset), Clock.GetUtcNow(), StopToken);
    }

    // -Open:$false takes precedence over the settings, too.
    private bool IsOn(SwitchParameter given, Setting setting) =>
        given.IsPresent || (!MyInvocation.BoundParameters.ContainsKey(setting.Name["Report".Length..])
            && Settings.Get<bool>(setting));

    private string ResolveTarget()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? System.IO.Path.GetFullPath(path)
            : throw new TandemException(
                ReportErrors.PathInvalid,
                TandemErrorKind.InvalidArgument,
                $"'{Path}' is not a path in the file system. Name a file for the report with -Path.",
                Path);
    }
}

using System.Management.Automation;
using System.Management.Automation.Host;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>The columns of the view of runs that are not properties; see <see cref="CgmReadingView"/>.</summary>
public static class PipelineRunView
{
    // The width of the other columns.
    private const int Taken = 70;

    /// <summary>The stage.</summary>
    /// <param name="run">A run, or one that PowerShell has serialized.</param>
    public static string Stage(PSObject run) => RecordValue.Text(run, "Stage");

    /// <summary>When it began.</summary>
    /// <param name="run">A run, or one that PowerShell has serialized.</param>
    public static string Started(PSObject run) => ViewText.Minute(RecordValue.Of(run, "Started"));

    /// <summary>How long it took.</summary>
    /// <param name="run">A run, or one that PowerShell has serialized.</param>
    public static string Duration(PSObject run) =>
        ViewText.Duration(run.BaseObject is PipelineRun known ? known.Duration : RecordValue.Of(run, "Duration"));

    /// <summary>How it ended, with the id of an error.</summary>
    /// <param name="run">A run, or one that PowerShell has serialized.</param>
    /// <param name="host">The host, in whose window the column gets what the others leave.</param>
    public static string Outcome(PSObject run, PSHost host)
    {
        var error = RecordValue.Text(run, "ErrorId");
        return ViewText.Words(RecordValue.Text(run, "Outcome") + (error.Length > 0 ? $": {error}" : ""), Taken, host);
    }
}

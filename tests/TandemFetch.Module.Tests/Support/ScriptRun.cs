using System.Management.Automation;

namespace TandemFetch.Module.Tests.Support;

/// <summary>What a script did, stream by stream.</summary>
internal sealed record ScriptRun
{
    /// <summary>The objects that it emitted, without PowerShell's wrapping if they contain another object.</summary>
    public required IReadOnlyList<object?> Output { get; init; }

    /// <summary>Its errors in order; an error that ended the script comes last.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    /// <summary>Whether an error ended the script.</summary>
    public required bool WasTerminated { get; init; }

    /// <summary>Its warnings.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Its verbose lines.</summary>
    public required IReadOnlyList<string> Verbose { get; init; }

    /// <summary>Its debug lines.</summary>
    public required IReadOnlyList<string> Debug { get; init; }

    /// <summary>Its information messages.</summary>
    public required IReadOnlyList<InformationRecord> Information { get; init; }

    /// <summary>Its progress records.</summary>
    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>How many records it wrote to its streams besides errors.</summary>
    public int Records => Output.Count + Warnings.Count + Verbose.Count + Debug.Count + Information.Count + Progress.Count;

    /// <summary>
    /// The ids of the errors, such as <c>TandemFetch.DatabaseLocked</c>, without the command that PowerShell appends.
    /// </summary>
    public IEnumerable<string> ErrorIds => Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);

    /// <summary>The only error; there must be exactly one.</summary>
    public ErrorRecord Error => Assert.Single(Errors);

    /// <summary>This run, after checking that it had no error.</summary>
    public ScriptRun Succeeded()
    {
        Assert.True(Errors.Count == 0, string.Join(Environment.NewLine, Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}")));
        return this;
    }

    /// <summary>The output as objects of one type.</summary>
    public IReadOnlyList<T> OutputOf<T>() => [.. Output.Cast<T>()];
}

namespace TandemFetch.Records;

/// <summary>How a stage run ended.</summary>
public enum PipelineOutcome
{
    /// <summary>The run finished.</summary>
    Completed,

    /// <summary>An error ended the run; what it had finished before is kept.</summary>
    Failed,

    /// <summary>The user stopped the run; what it had finished before is kept.</summary>
    Stopped,
}

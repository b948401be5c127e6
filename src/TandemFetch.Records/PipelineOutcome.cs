namespace TandemFetch.Records;

/// <summary>How a stage run ended.</summary>
public enum PipelineOutcome
{
    /// <summary>It did all that there was to do.</summary>
    Completed,

    /// <summary>An error ended it; what was finished before stays.</summary>
    Failed,

    /// <summary>The user stopped it; what was finished before stays.</summary>
    Stopped,
}

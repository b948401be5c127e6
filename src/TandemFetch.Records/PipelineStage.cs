namespace TandemFetch.Records;

/// <summary>The three steps from the server to the domain tables.</summary>
public enum PipelineStage
{
    /// <summary>From Tandem Source into <c>raw_events</c>.</summary>
    Fetch,

    /// <summary>From <c>raw_events</c> into <c>events</c>.</summary>
    Parse,

    /// <summary>From <c>events</c> into the domain tables.</summary>
    Derive,
}

namespace TandemFetch.Engine.Pipeline;

/// <summary>Error ids of the pipeline.</summary>
public static class PipelineErrors
{
    /// <summary>The account has no pumps.</summary>
    public const string AccountEmpty = nameof(AccountEmpty);

    /// <summary>The pump has never uploaded anything.</summary>
    public const string PumpNeverUploaded = nameof(PumpNeverUploaded);

    /// <summary>The range ends before it begins.</summary>
    public const string DateRangeInvalid = nameof(DateRangeInvalid);

    /// <summary>The time zone of the pump's clock has not been specified.</summary>
    public const string TimeZoneMissing = nameof(TimeZoneMissing);

    /// <summary>A window could not be fetched, even day by day.</summary>
    public const string WindowFailed = nameof(WindowFailed);

    /// <summary>A stage ended unexpectedly.</summary>
    public const string StageFailed = nameof(StageFailed);

    /// <summary>A cycle of a watch ended unexpectedly; the next one continues.</summary>
    public const string CycleFailed = nameof(CycleFailed);
}

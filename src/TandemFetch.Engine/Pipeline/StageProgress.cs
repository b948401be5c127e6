using TandemFetch.Records;

namespace TandemFetch.Engine.Pipeline;

/// <summary>How far one stage of one pump has come.</summary>
/// <param name="run">The run of which it is a part.</param>
/// <param name="stage">The stage.</param>
/// <param name="pump">The pump.</param>
/// <param name="source">
/// The stage whose output this one reads while both run: what has been read of it is a part of what there will be.
/// </param>
internal sealed class StageProgress(BackfillProgress run, PipelineStage stage, PumpRow pump, StageProgress? source)
{
    private long _done;
    private long _total;

    /// <summary>The stage.</summary>
    public PipelineStage Stage { get; } = stage;

    /// <summary>The name of the bar.</summary>
    public string Activity { get; } = $"{stage} pump {pump.Label}";

    /// <summary>What is being done.</summary>
    public string Status { get; private set; } = "Starting";

    /// <summary>The part of the work that is done, which never decreases.</summary>
    public double Fraction { get; private set; }

    /// <summary>Whether the stage has ended.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The amount of work that remains, as far as it is known now.</summary>
    public void Expect(long units) => run.Change(this, () => _total = _done + units);

    /// <summary>Some work is done.</summary>
    public void Advance(long units, string status) => run.Change(this, () =>
    {
        _done += units;
        Status = status;
        var known = _total > 0 ? Math.Min(1, (double)_done / _total) : 0;
        Fraction = Math.Max(Fraction, known * (source?.Fraction ?? 1));
    });

    /// <summary>The stage has ended.</summary>
    public void Finish() => run.Change(this, () =>
    {
        IsFinished = true;
        Fraction = 1;
    });
}

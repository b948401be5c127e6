namespace TandemFetch.Engine.Pipeline;

/// <summary>What a stage did.</summary>
/// <param name="In">Rows read.</param>
/// <param name="Out">Rows added or replaced.</param>
internal readonly record struct StageCount(long In, long Out)
{
    public static StageCount operator +(StageCount left, StageCount right) => new(left.In + right.In, left.Out + right.Out);
}

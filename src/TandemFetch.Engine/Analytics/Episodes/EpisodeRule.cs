using System.Runtime.CompilerServices;
using TandemFetch.Records;

namespace TandemFetch.Engine.Analytics.Episodes;

/// <summary>When an episode begins and ends (Battelino 2023).</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Border">mg/dL; low is below it, high is above it.</param>
/// <param name="Minutes">For how many minutes glucose has to be there.</param>
/// <param name="IsMore">Whether it has to be longer than that, not as long.</param>
/// <param name="Within">Within how many minutes these may lie scattered; 0 where they must be consecutive.</param>
/// <param name="Return">mg/dL: the border on whose other side glucose has to be for 15 minutes to end it.</param>
internal sealed record EpisodeRule(EpisodeKind Kind, int Border, int Minutes, bool IsMore, int Within, int Return)
{
    /// <summary>For how many minutes glucose has to be back before an episode has ended.</summary>
    public const int ReturnMinutes = 15;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EpisodeRule> All { get; } =
    [
        new(EpisodeKind.HypoLevel1, 70, 15, IsMore: false, Within: 0, Return: 70),
        new(EpisodeKind.HypoLevel2, 54, 15, IsMore: false, Within: 0, Return: 54),
        new(EpisodeKind.HypoExtended, 70, 120, IsMore: true, Within: 0, Return: 70),
        new(EpisodeKind.HyperLevel1, 180, 15, IsMore: false, Within: 0, Return: 180),
        new(EpisodeKind.HyperLevel2, 250, 15, IsMore: false, Within: 0, Return: 250),
        new(EpisodeKind.HyperExtended, 250, 90, IsMore: false, Within: 120, Return: 180),
    ];

    private bool IsLow => Kind <= EpisodeKind.HypoExtended;

    /// <summary>Whether a value is one of an episode.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBeyond(double glucose) => IsLow ? glucose < Border : glucose > Border;

    /// <summary>Whether a value is back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBack(double glucose) => IsLow ? glucose >= Return : glucose <= Return;

    /// <summary>Whether a value is more extreme than another one.</summary>
    public bool IsMoreExtreme(double glucose, double than) => IsLow ? glucose < than : glucose > than;

    /// <summary>How many steps make an episode. A step of 15 minutes is 15 minutes.</summary>
    /// <param name="step">Microseconds.</param>
    public int StepsToBegin(long step) => Steps(Minutes, step) + (IsMore ? 1 : 0);

    /// <summary>How many steps of glucose that is back end one.</summary>
    /// <param name="step">Microseconds.</param>
    public static int StepsToEnd(long step) => Steps(ReturnMinutes, step);

    /// <summary>Within how many steps those of an episode may lie scattered.</summary>
    /// <param name="step">Microseconds.</param>
    public int StepsWithin(long step) => Steps(Within, step);

    private static int Steps(int minutes, long step) => (int)(((minutes * 60_000_000L) + step - 1) / step);
}

using System.Management.Automation;

namespace TandemFetch.Hosting;

/// <summary>
/// Lets a parameter of type <see cref="Moment"/> accept <c>7d</c>, <c>24h</c>, <c>yesterday</c>, <c>today</c>,
/// <c>now</c> and dates. A time without an offset is in the pump's zone; a <see cref="DateTime"/> of kind Local or Utc
/// is exact.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>The current time.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        switch (value)
        {
            case null or Moment:
                return value;
            case DateTimeOffset exact:
                return Moment.FromDateTimeOffset(exact);
            case DateTime { Kind: DateTimeKind.Unspecified } clock:
                return Moment.OfClock(clock);
            case DateTime moment:
                return Moment.FromDateTimeOffset(new DateTimeOffset(moment));
            case DateOnly day:
                return Moment.OfClock(day.ToDateTime(TimeOnly.MinValue));
            case TimeSpan ago:
                return Moment.FromDateTimeOffset(Clock.GetUtcNow() - ago);
        }

        // PowerShell parses 7d as the decimal 7 but keeps what was typed; converting the wrapped value to text restores
        // it.
        var text = LanguagePrimitives.ConvertTo<string>(inputData);
        return TimeText.ParseMoment(text, Clock.GetUtcNow())
            ?? throw new ArgumentTransformationMetadataException(
                TimeText.Ambiguity(text) ?? $"'{text}' is not a time. {TimeText.MomentForms}");
    }
}

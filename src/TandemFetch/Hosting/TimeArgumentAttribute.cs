using System.Management.Automation;

namespace TandemFetch.Hosting;

/// <summary>
/// Lets a parameter of type <see cref="DateTimeOffset"/> take <c>7d</c>, <c>24h</c>, <c>yesterday</c>, <c>today</c>, <c>now</c> and dates. A time
/// that names no offset is meant in the pump's zone as the session, the credentials file or <c>$env:TANDEM_TIME_ZONE</c> has it, else in this
/// machine's; a <see cref="DateTime"/> of kind Local or Utc is exact.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>What "now" is.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        switch (value)
        {
            case null or DateTimeOffset:
                return value;
            case DateTime { Kind: DateTimeKind.Unspecified } clock:
                return TimeText.In(Zone(engineIntrinsics), clock);
            case DateTime moment:
                return new DateTimeOffset(moment);
            case DateOnly day:
                return TimeText.In(Zone(engineIntrinsics), day.ToDateTime(TimeOnly.MinValue));
            case TimeSpan ago:
                return Clock.GetUtcNow() - ago;
        }

        // PowerShell takes 7d for the decimal 7 but keeps what was typed; the wrapped value, converted to text, gives it back.
        var text = LanguagePrimitives.ConvertTo<string>(inputData);
        if (TimeText.ParseMoment(text, Clock.GetUtcNow(), Zone(engineIntrinsics)) is { } parsed)
        {
            return parsed;
        }

        throw new ArgumentTransformationMetadataException($"'{text}' is no time. {TimeText.MomentForms}");
    }

    private static TimeZoneInfo Zone(EngineIntrinsics? engine) =>
        PumpTimeZone.Find(engine?.SessionState.Path.CurrentFileSystemLocation.ProviderPath) is { } name
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Local;
}

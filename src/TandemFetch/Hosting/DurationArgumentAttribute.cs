using System.Management.Automation;

namespace TandemFetch.Hosting;

/// <summary>
/// Lets a parameter of type <see cref="TimeSpan"/> accept <c>90m</c>, <c>24h</c>, <c>7d</c>, <c>2w</c> and
/// <c>1d12h</c>; a day is 24 hours.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or TimeSpan)
        {
            return value;
        }

        var text = LanguagePrimitives.ConvertTo<string>(inputData);
        return TimeText.ParseLength(text)
            ?? throw new ArgumentTransformationMetadataException(
                TimeText.Ambiguity(text) ?? $"'{text}' is not a duration. {TimeText.LengthForms}");
    }
}

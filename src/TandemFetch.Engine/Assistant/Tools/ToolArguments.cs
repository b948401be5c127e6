using System.Text.Json;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>The arguments of a call, checked.</summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    /// <summary>Checks the names.</summary>
    /// <param name="arguments">What was passed: an object, null or nothing.</param>
    /// <param name="known">The arguments that the tool has.</param>
    /// <exception cref="TandemException"><see cref="AssistantErrors.ArgumentInvalid"/>.</exception>
    public ToolArguments(JsonElement arguments, IReadOnlyList<ToolArgument> known)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return;
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("The arguments are not an object.");
        }

        foreach (var argument in arguments.EnumerateObject())
        {
            if (known.All(one => one.Name != argument.Name))
            {
                throw Invalid(known.Count == 0
                    ? $"There is no argument '{argument.Name}'; the tool has none."
                    : $"There is no argument '{argument.Name}'. The arguments are: "
                        + $"{string.Join(", ", known.Select(one => one.Name))}.");
            }

            _values[argument.Name] = argument.Value;
        }
    }

    /// <summary>The failure for an argument that is not what it should be.</summary>
    public static TandemException Invalid(string sentence) =>
        new(AssistantErrors.ArgumentInvalid, TandemErrorKind.InvalidArgument, sentence);

    /// <summary>A text; null if it was not passed.</summary>
    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } value => value,
        _ => throw Invalid($"'{name}' must be a text that is not empty."),
    };

    /// <summary>A whole number in a range; null if it was not passed.</summary>
    public int? Number(string name, int least, int most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number
            when number.TryGetInt32(out var value) && value >= least && value <= most => value,
        _ => throw Invalid($"'{name}' must be a whole number from {least} to {most}."),
    };

    /// <summary>One of some texts; null if it was not passed.</summary>
    public string? Choice(ToolArgument argument)
    {
        var text = Text(argument.Name);
        return text is null || argument.Values!.Contains(text)
            ? text
            : throw Invalid($"'{argument.Name}' must be one of: {string.Join(", ", argument.Values!)}.");
    }

    private JsonElement? Find(string name) =>
        _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}

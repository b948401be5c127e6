using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TandemFetch.Sandbox.Nightscout.Documents;

namespace TandemFetch.Sandbox.Nightscout.Queries;

/// <summary>
/// The conditions of a GET or DELETE. Without a condition on the date or an <c>_id</c>, only the last four days are
/// meant.
/// </summary>
internal sealed partial class FindQuery
{
    private const string IdField = "_id";
    private static readonly TimeSpan ImplicitDays = TimeSpan.FromDays(4);
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);
    private readonly CollectionRules _rules;
    private readonly List<Condition> _conditions = [];

    private FindQuery(CollectionRules rules) => _rules = rules;

    /// <summary>The <c>_id</c> (or the identifier that was sent as one), if it is given.</summary>
    public string? Id { get; private set; }

    /// <summary>The identifiers, one of which a document must have; null if they do not matter.</summary>
    public IReadOnlyList<string>? Identifiers { get; private set; }

    /// <summary>Milliseconds before which nothing can meet the query.</summary>
    public double From { get; private set; } = double.NegativeInfinity;

    /// <summary>Milliseconds after which nothing can meet the query.</summary>
    public double To { get; private set; } = double.PositiveInfinity;

    /// <summary>Another order than by time, newest first.</summary>
    public SortOrder? Sort { get; private init; }

    /// <summary>Translates a query.</summary>
    /// <exception cref="QueryException">It is not understood.</exception>
    public static FindQuery Read(JsonObject query, CollectionRules rules, TimeProvider time)
    {
        var read = new FindQuery(rules) { Sort = SortOrder.Read(query["sort"]) };
        var find = query["find"] as JsonObject ?? [];
        if (!ScriptValue.IsTruthy(find[IdField]))
        {
            LimitDates(find, rules, time);
        }

        foreach (var (field, value) in find)
        {
            read.Add(field, value);
        }

        return read;
    }

    /// <summary>All documents, whatever their time.</summary>
    public static FindQuery Everything(CollectionRules rules) => new(rules);

    public bool Matches(JsonObject document) => _conditions.All(c => c.IsMetBy(document)) && HasId(document);

    private static void LimitDates(JsonObject find, CollectionRules rules, TimeProvider time)
    {
        if (find[rules.DateField] is { } dates)
        {
            if (!rules.WholeNumberFields.Contains(rules.DateField))
            {
                Normalize(dates);
            }
        }
        else if (!find.ContainsKey("dateString"))
        {
            var from = Moment.Of(time.GetUtcNow() - ImplicitDays);
            find[rules.DateField] = new JsonObject
            {
                ["$gte"] = rules.DateIsNumber ? from.Milliseconds.ToString(CultureInfo.InvariantCulture) : from.Iso,
            };
        }
    }

    /// <summary>
    /// Times become UTC. A blank is taken for the plus sign that it was before decoding. A time without an operator is
    /// looked at letter by letter, and fails.
    /// </summary>
    private static void Normalize(JsonNode dates)
    {
        if (dates is not JsonObject byOperator)
        {
            var letter = dates.ToString().FirstOrDefault(c => !char.IsAsciiDigit(c));
            throw new QueryException($"Cannot parse {letter} as a valid ISO-8601 date");
        }

        foreach (var (name, value) in byOperator.ToArray())
        {
            var text = value?.ToString() ?? string.Empty;
            if (double.IsNaN(ScriptValue.NumberOf(text)))
            {
                var moment = Moment.Read(PlusOfBlank().Replace(text, "+", 1))
                    ?? throw new QueryException($"Cannot parse {text} as a valid ISO-8601 date");
                byOperator[name] = moment.Iso;
            }
        }
    }

    private static string OperatorOf(string name) =>
        Condition.IsKnown(name) ? name : throw new QueryException($"unknown operator: {name}");

    private void Add(string field, JsonNode? value)
    {
        if (field == IdField && value is JsonValue id)
        {
            Id = id.ToString();
            return;
        }

        if (field.StartsWith('$'))
        {
            throw new QueryException($"unknown top level operator: {field}");
        }

        if (value is not JsonObject byOperator)
        {
            Add(new Condition(field, "$eq", Typed(field, value)));
            return;
        }

        foreach (var (name, operand) in byOperator)
        {
            if (name == "$options")
            {
                continue;
            }

            var typed = name == "$regex"
                ? Pattern(operand!.ToString(), byOperator["$options"]?.ToString() ?? string.Empty)
                : Typed(field, operand);
            Add(new Condition(field, OperatorOf(name), typed));
        }
    }

    private void Add(Condition condition)
    {
        _conditions.Add(condition);
        if (condition.Field == "identifier")
        {
            Identifiers = (condition.Operator, condition.Value) switch
            {
                ("$eq", string identifier) => [identifier],
                ("$in", object[] list) => [.. list.OfType<string>().Distinct()],
                _ => Identifiers,
            };
        }

        if (condition.Field == _rules.DateField && Milliseconds(condition.Value) is { } limit)
        {
            From = condition.Operator is "$gte" or "$gt" or "$eq" ? Math.Max(From, limit) : From;
            To = condition.Operator is "$lte" or "$lt" or "$eq" ? Math.Min(To, limit) : To;
        }
    }

    private double? Milliseconds(object value) => value switch
    {
        double number when _rules.DateIsNumber && !double.IsNaN(number) => number,
        string text when !_rules.DateIsNumber => Moment.Read(text)?.Milliseconds,
        _ => null,
    };

    /// <summary>Values of a query are texts; some fields have numbers or regular expressions.</summary>
    private object Typed(string field, JsonNode? value)
    {
        if (value is JsonArray list)
        {
            return list.Select(one => Typed(field, one)).ToArray();
        }

        var text = value?.ToString() ?? string.Empty;
        if (_rules.WholeNumberFields.Contains(field))
        {
            return ScriptValue.WholeNumberOf(text);
        }

        return _rules.PatternFields.Contains(field) && BetweenSlashes().Match(text) is { Success: true } pattern
            ? Pattern(pattern.Groups["pattern"].Value, pattern.Groups["options"].Value)
            : text;
    }

    private static Regex Pattern(string pattern, string options)
    {
        try
        {
            var ignored = options.Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : RegexOptions.None;
            return new Regex(pattern, RegexOptions.CultureInvariant | ignored, PatternTimeout);
        }
        catch (ArgumentException e)
        {
            throw new QueryException(e.Message);
        }
    }

    private bool HasId(JsonObject document) =>
        Id is null
        || string.Equals(ScriptValue.TextOf(document[IdField]), Id, StringComparison.OrdinalIgnoreCase)
        || (CollectionRules.IsUuid(Id) && ScriptValue.TextOf(document["identifier"]) == Id);

    [GeneratedRegex(@"/(?<pattern>.*)/(?<options>.*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex BetweenSlashes();

    [GeneratedRegex(" ", RegexOptions.CultureInvariant)]
    private static partial Regex PlusOfBlank();
}

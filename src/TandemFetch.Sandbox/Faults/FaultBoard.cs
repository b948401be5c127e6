namespace TandemFetch.Sandbox.Faults;

/// <summary>The active rules. Safe to use from several threads.</summary>
public sealed class FaultBoard
{
    private readonly Lock _gate = new();
    private readonly List<StandingRule> _rules = [];

    /// <summary>How many times the active rules have fired.</summary>
    public int Fired
    {
        get
        {
            lock (_gate)
            {
                return _rules.Sum(r => r.Fired);
            }
        }
    }

    /// <summary>Adds a rule to the active ones.</summary>
    public void Add(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Add(new StandingRule(rule));
        }
    }

    /// <summary>Removes all rules.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    internal IReadOnlyList<FaultRule> Draw(string method, string path, string query)
    {
        lock (_gate)
        {
            return _rules.Count == 0 ? [] : [.. _rules.Where(r => r.Fires(method, path, query)).Select(r => r.Rule)];
        }
    }
}

using TandemFetch.Sandbox.Pump;

namespace TandemFetch.Sandbox.Faults;

/// <summary>A rule, with how often it has been evaluated and has fired.</summary>
internal sealed class StandingRule(FaultRule rule)
{
    private readonly SeededRandom _random = new(SeededRandom.Mix((ulong)(uint)rule.Seed));
    private int _asked;
    private int _fired;

    public FaultRule Rule => rule;

    public int Fired => _fired;

    public bool Fires(string method, string path, string query)
    {
        if (!rule.Concerns(method, path, query))
        {
            return false;
        }

        _asked++;
        var due = _asked > rule.After && (rule.Every > 0 ? (_asked - rule.After) % rule.Every == 0 : _random.Chance(rule.Rate));
        if (!due || _fired >= rule.Count)
        {
            return false;
        }

        _fired++;
        return true;
    }
}

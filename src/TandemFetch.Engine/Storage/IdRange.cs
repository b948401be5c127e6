using System.Globalization;

namespace TandemFetch.Engine.Storage;

/// <summary>Numbers reserved from a sequence at once, to be handed out one by one.</summary>
internal sealed class IdRange
{
    private long _next;

    public IdRange(TandemDatabase database, string sequence, int count)
    {
        var numbers = count.ToString(CultureInfo.InvariantCulture);
        _next = database.Scalar<long>($"SELECT min(nextval('{sequence}')) FROM range({numbers})");
    }

    public long Next() => _next++;
}

using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace TandemFetch.Hosting;

/// <summary>
/// One session per runspace, which ends with the runspace. Scripts that run side by side, as in <c>ForEach-Object
/// -Parallel</c>, sign in separately and never see each other's account.
/// </summary>
/// <typeparam name="TSession">The type of a signed-in session.</typeparam>
internal static class RunspaceSessions<TSession>
    where TSession : class
{
    private static readonly ConditionalWeakTable<Runspace, TSession> Sessions = [];

    /// <summary>The session of the runspace in which this thread runs; null if nobody has signed in.</summary>
    public static TSession? Current
    {
        get => Runspace.DefaultRunspace is { } runspace && Sessions.TryGetValue(runspace, out var session) ? session : null;
        set => Replace(Runspace.DefaultRunspace, value);
    }

    private static void Replace(Runspace runspace, TSession? session)
    {
        if (session is null)
        {
            Sessions.Remove(runspace);
        }
        else
        {
            Sessions.AddOrUpdate(runspace, session);
        }
    }
}

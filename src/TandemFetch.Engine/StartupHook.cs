using TandemFetch.Engine.Assistant.Server;
using TandemFetch.Engine.Assistant.Worker;

/// <summary>
/// .NET calls this before the main method of a process that is started with the engine as its startup hook: the
/// process of an assistant's calls, or a server that starts quickly. It is whatever program runs the module, so that
/// nothing but the module must be installed, and it starts in a fraction of the time that the program itself takes.
/// </summary>
internal static class StartupHook
{
    /// <summary>Runs calls or a server instead of the program, if the process was started for that.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(WorkerStart.Variable) is not null)
        {
            WorkerStart.Run(typeof(WorkerLoop), typeof(WorkerLoop).Assembly.Location);
        }
        else if (Environment.GetEnvironmentVariable(ServerStart.Variable) is not null)
        {
            WorkerStart.Run(typeof(ServerStart), ServerStart.NewestEngine(typeof(ServerStart).Assembly.Location));
        }
    }
}

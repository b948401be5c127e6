namespace TandemFetch.Hosting;

/// <summary>What the terminal of this process can show.</summary>
internal static class TerminalOutput
{
    private const int UsualWidth = 80;
    private const int GreatestWidth = 120;

    /// <summary>Characters in a line; 80 where there is no terminal, and at most 120.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.IsOutputRedirected || Console.WindowWidth < 1
                    ? UsualWidth
                    : Math.Min(Console.WindowWidth, GreatestWidth);
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>Whether colors may be used.</summary>
    public static bool HasColors => AllowsColors(Console.IsOutputRedirected, Environment.GetEnvironmentVariable);

    /// <summary>Whether an output may have colors: a terminal that understands them, without <c>NO_COLOR</c>.</summary>
    /// <param name="isRedirected">Whether the output is not a terminal.</param>
    /// <param name="variable">The environment.</param>
    internal static bool AllowsColors(bool isRedirected, Func<string, string?> variable) =>
        !isRedirected && string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb";
}

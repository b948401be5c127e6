using System.Globalization;
using System.Text.RegularExpressions;

namespace TandemFetch.Engine.Storage;

/// <summary>
/// How much memory DuckDB may use. What does not fit is written to temporary files, so that a limit makes a statement
/// slower rather than the machine swap.
/// </summary>
internal static partial class MemoryLimit
{
    /// <summary>
    /// Environment variable with the limit for everything but the pipeline, in units that DuckDB knows: 2GB, 512MiB.
    /// </summary>
    public const string Variable = "TANDEM_MEMORY_LIMIT";

    /// <summary>
    /// The pipeline's own limit: enough for every stage, even to move 5 million events, and it limits the memory of
    /// long runs.
    /// </summary>
    public const string OfPipeline = "128MB";

    /// <summary>
    /// The limit for the checks of a file: they sort and join whole tables, and spill what does not fit.
    /// </summary>
    public const string OfChecks = "192MB";

    /// <summary>The limit for exports of tables, which pass through memory row group by row group.</summary>
    public const string OfExports = "256MB";

    // Twice the pipeline's own, however little the machine has.
    private const long Least = 256L << 20;

    /// <summary>
    /// The limit for queries, checks and exports, and for a stage that needs more than the pipeline's own: what
    /// <see cref="Variable"/> says, otherwise a quarter of the machine's memory.
    /// </summary>
    /// <exception cref="TandemException"><see cref="DatabaseErrors.MemoryLimitInvalid"/>.</exception>
    public static string OfQueries => Parse(Environment.GetEnvironmentVariable(Variable)) ?? Share();

    /// <summary>Whether the user has set a limit.</summary>
    public static bool IsSet => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The amount that a text names; null if it is empty.</summary>
    /// <exception cref="TandemException"><see cref="DatabaseErrors.MemoryLimitInvalid"/>.</exception>
    internal static string? Parse(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }

        return Size().IsMatch(given)
            ? given.Trim()
            : throw new TandemException(
                DatabaseErrors.MemoryLimitInvalid,
                TandemErrorKind.InvalidArgument,
                $"'{given}' is not an amount of memory. Set $env:{Variable} to a number and a unit, such as 512MB or 2GB, "
                + "or remove it for a quarter of this machine's memory.",
                given);
    }

    private static string Share() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Math.Max(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, Least) >> 20}MiB");

    [GeneratedRegex(@"^\s*[1-9][0-9]*(\.[0-9]+)?\s*[KMGT]i?B\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}

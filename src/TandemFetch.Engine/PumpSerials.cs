namespace TandemFetch.Engine;

/// <summary>Serial numbers as users specify them.</summary>
internal static class PumpSerials
{
    /// <summary>The error id if a serial number is unknown.</summary>
    public const string Unknown = "PumpUnknown";

    /// <summary>Checks that there are pumps with these serial numbers.</summary>
    /// <exception cref="TandemException"><see cref="Unknown"/>, listing the serial numbers that exist.</exception>
    public static void Check(IEnumerable<string> asked, IEnumerable<string> known)
    {
        var serials = known.ToList();
        foreach (var serial in asked.Where(serial => !serials.Contains(serial)))
        {
            throw new TandemException(
                Unknown,
                TandemErrorKind.NotFound,
                $"There is no pump {serial}. The serial numbers are: {string.Join(", ", serials)}.",
                serial);
        }
    }
}

namespace TandemFetch.Engine;

/// <summary>Serial numbers as users specify them.</summary>
internal static class PumpSerials
{
    /// <summary>The error id if a serial number is unknown.</summary>
    public const string Unknown = "PumpUnknown";

    // A lake can have thousands.
    private const int MostListed = 10;

    /// <summary>Checks that there are pumps with these serial numbers.</summary>
    /// <exception cref="TandemException">
    /// <see cref="Unknown"/>, listing the serial numbers that exist, or the first ones of many.
    /// </exception>
    public static void Check(IEnumerable<string> asked, IEnumerable<string> known)
    {
        var serials = known.Distinct().ToList();
        var set = serials.ToHashSet();
        foreach (var serial in asked.Where(serial => !set.Contains(serial)))
        {
            throw new TandemException(
                Unknown,
                TandemErrorKind.NotFound,
                $"There is no pump {serial}. {List(serials)}",
                serial);
        }
    }

    private static string List(List<string> serials) => serials.Count switch
    {
        0 => "There are no pumps at all.",
        <= MostListed => $"The serial numbers are: {string.Join(", ", serials)}.",
        _ => $"The serial numbers are: {string.Join(", ", serials.Take(MostListed))} and "
            + $"{Quantity.Of(serials.Count - MostListed, "other")}; Get-TandemPump lists all.",
    };
}

using System.Globalization;

namespace TandemFetch.Engine.Export;

/// <summary>Gives the sheets of a workbook names that Excel accepts, each different from the others.</summary>
internal sealed class SheetNames
{
    private const int Longest = 31;
    private const string Forbidden = @"\/?*[]:";

    // Excel uses the name itself.
    private const string Reserved = "History";

    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase) { Reserved };

    private static bool IsForbidden(char letter) => Forbidden.Contains(letter) || char.IsControl(letter);

    /// <summary>The name of a sheet.</summary>
    /// <param name="table">The table.</param>
    public string Next(string table)
    {
        var name = string.Concat(table.Select(letter => IsForbidden(letter) ? '_' : letter))
            .Trim('\'', ' ');
        name = name.Length == 0 ? "Sheet" : name;
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({number})");
            var unique = name[..Math.Min(name.Length, Longest - suffix.Length)] + suffix;
            if (_used.Add(unique))
            {
                return unique;
            }
        }
    }
}

using System.Globalization;
using System.Management.Automation;

namespace TandemFetch.Hosting;

/// <summary>The values of a record, or of one that PowerShell has serialized.</summary>
internal static class RecordValue
{
    /// <summary>The value of a property; null if there is none.</summary>
    public static object? Of(PSObject record, string name) => record.Properties[name]?.Value;

    /// <summary>The same as a number.</summary>
    public static decimal? Number(PSObject record, string name) =>
        Of(record, name) is { } value
            ? Convert.ToDecimal(PSObject.AsPSObject(value).BaseObject, CultureInfo.InvariantCulture)
            : null;

    /// <summary>
    /// The same as text, empty for null. PowerShell serializes a member of an enumeration as a number with its name.
    /// </summary>
    public static string Text(PSObject record, string name) => Of(record, name)?.ToString() ?? "";
}

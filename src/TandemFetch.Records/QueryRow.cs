using System.Globalization;
using System.Text;

namespace TandemFetch.Records;

/// <summary>
/// A row of a query. Its properties are the columns of the query, with their order and names; a type for each form of
/// result is created when the query runs.
/// </summary>
public abstract class QueryRow
{
    /// <summary>The row as text, in the form in which PowerShell shows objects inside others.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("@{");
        foreach (var property in GetType().GetProperties())
        {
            text.Append(text.Length > 2 ? "; " : "")
                .Append(CultureInfo.InvariantCulture, $"{property.Name}={property.GetValue(this)}");
        }

        return text.Append('}').ToString();
    }
}

using System.Reflection;

namespace TandemFetch.Engine.Tests.Support;

/// <summary>Durations and days of records, which their public properties hold as text.</summary>
internal static class TypedValue
{
    /// <summary>
    /// The property with the typed value of a public one, or null if that is not text for another type.
    /// </summary>
    public static PropertyInfo? Of(PropertyInfo property) =>
        property.DeclaringType!.GetProperty(property.Name + "Value", BindingFlags.NonPublic | BindingFlags.Instance);
}

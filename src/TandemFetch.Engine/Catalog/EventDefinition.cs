using System.Text;

namespace TandemFetch.Engine.Catalog;

/// <summary>A kind of log entry.</summary>
public sealed class EventDefinition
{
    internal EventDefinition(
        int code,
        string? logName,
        string? title,
        IReadOnlyList<PropertyDefinition> properties)
    {
        (Code, Title, Properties) = (code, title, properties);
        Name = logName ?? UnknownName(code);
        NameUtf8 = Encoding.UTF8.GetBytes(Name);
    }

    /// <summary>The code of this kind of entry.</summary>
    public int Code { get; }

    /// <summary>
    /// The name in the pump's log, such as <c>LID_BASAL_DELIVERY</c>, or <c>UNKNOWN_</c> and the code.
    /// </summary>
    public string Name { get; }

    /// <summary>A display name, or null.</summary>
    public string? Title { get; }

    /// <summary>Its properties in the order in which they are listed; empty if none are known.</summary>
    public IReadOnlyList<PropertyDefinition> Properties { get; }

    internal ReadOnlyMemory<byte> NameUtf8 { get; }

    internal static string UnknownName(int code) => $"UNKNOWN_{code}";
}

namespace TandemFetch.Engine.Assistant.Guard;

/// <summary>A column as the assistant sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Description">What it contains, with its unit.</param>
/// <param name="Expression">What it is made of in the file, SQL.</param>
internal sealed record VisibleColumn(string Name, string Type, string? Description, string Expression);

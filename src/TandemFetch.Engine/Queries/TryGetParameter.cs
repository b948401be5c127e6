namespace TandemFetch.Engine.Queries;

/// <summary>Finds the value of a parameter by its name.</summary>
/// <param name="name">The name, without the <c>$</c>.</param>
/// <param name="value">Its value.</param>
public delegate bool TryGetParameter(string name, out object? value);

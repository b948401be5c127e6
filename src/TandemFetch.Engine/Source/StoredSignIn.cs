namespace TandemFetch.Engine.Source;

/// <summary>A valid token that an earlier sign-in has stored.</summary>
/// <param name="Region">The region of the account.</param>
/// <param name="Path">The file of the token.</param>
public sealed record StoredSignIn(TandemRegion Region, string Path);

namespace TandemFetch.Engine.Source;

/// <summary>What the <c>pumper</c> answer says that this project needs. Names and the date of birth are never read.</summary>
/// <param name="Region">The region the account lives in.</param>
/// <param name="Pumps">All pumps of the account, in the server's order; empty for a new account.</param>
public sealed record SourceAccount(Records.TandemRegion Region, IReadOnlyList<SourcePump> Pumps);

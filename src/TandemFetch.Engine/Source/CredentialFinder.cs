
namespace TandemFetch.Engine.Source;

/// <summary>
/// Finds the account to use: from the command, otherwise from <c>sensitive/credentials.toml</c>, otherwise from the
/// environment. The e-mail address and the password always come from the same place; what that place does not specify
/// is taken from the next one, unless the next one is about another account.
/// </summary>
public static class CredentialFinder
{
    /// <summary>Finds the account to use.</summary>
    /// <param name="request">What the command specifies, and where to look for the file.</param>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    /// <param name="observer">Receives a warning if others can read the file.</param>
    /// <exception cref="TandemException">
    /// Nothing was found, or it is incomplete or unusable; the ids are in <see cref="SourceErrors"/>. No message
    /// repeats a value.
    /// </exception>
    public static SourceCredential Find(
        CredentialRequest request,
        Func<string, string?>? environment,
        IRunObserver observer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var given = new CredentialPlace
        {
            Name = "the command",
            Email = Filled(request.Email),
            Password = request.Password,
            Region = request.Region?.ToString(),
            PumpSerial = Filled(request.PumpSerial),
            TimeZone = Filled(request.TimeZone),
        };
        CredentialPlace?[] all =
        [
            given,
            CredentialFile.Read(request.Directory, observer),
            FromEnvironment(environment ?? Environment.GetEnvironmentVariable),
        ];
        var places = all.OfType<CredentialPlace>().ToList();

        var account = places.FirstOrDefault(place => place.Email is not null || place.Password is not null)
            ?? throw Missing(request.Directory);
        if (account.Email is null || account.Password is null)
        {
            throw Incomplete(account);
        }

        // A time zone or region of somebody else's account would be worse than none.
        var related = places.Where(place => place == given || IsAbout(place, account.Email)).ToList();
        return new SourceCredential(
            account.Email,
            account.Password,
            RegionFrom(related.FirstOrDefault(place => place.Region is not null), request.Directory),
            related.Select(place => place.PumpSerial).FirstOrDefault(serial => serial is not null),
            related.Select(place => place.TimeZone).FirstOrDefault(zone => zone is not null),
            account.Name);
    }

    /// <summary>
    /// The time zone in the credentials file, otherwise in the environment; null if neither specifies one. Never fails.
    /// </summary>
    /// <param name="directory">
    /// The directory under which to look for <c>sensitive/credentials.toml</c>; null for nowhere.
    /// </param>
    public static string? FindTimeZone(string? directory)
    {
        try
        {
            var place = directory is null ? null : CredentialFile.Read(directory, SilentObserver.Instance);
            return place?.TimeZone ?? Filled(Environment.GetEnvironmentVariable(SourceEnvironment.TimeZone));
        }
        catch (TandemException)
        {
            // The sign-in reports what is wrong with the file.
            return Filled(Environment.GetEnvironmentVariable(SourceEnvironment.TimeZone));
        }
    }

    private static CredentialPlace FromEnvironment(Func<string, string?> read) => new()
    {
        Name = "the environment",
        Email = Filled(read(SourceEnvironment.Email)),
        Password = Filled(read(SourceEnvironment.Password)) is null
            ? null
            : () => read(SourceEnvironment.Password) ?? string.Empty,
        Region = Filled(read(SourceEnvironment.Region)),
        TimeZone = Filled(read(SourceEnvironment.TimeZone)),
    };

    private static bool IsAbout(CredentialPlace place, string email) =>
        place.Email is null || string.Equals(place.Email.Trim(), email.Trim(), StringComparison.OrdinalIgnoreCase);

    private static TandemRegion RegionFrom(CredentialPlace? place, string directory) =>
        place is { Region: { } region }
            ? TandemRegion.Parse(region, place.Name)
            : throw new TandemException(
                SourceErrors.RegionMissing,
                TandemErrorKind.InvalidArgument,
                "The region of the account is not known, and there is no default: an account exists in only one region. Specify "
                + $"-Region {TandemRegion.Choices}, or region in {CredentialFile.PathUnder(directory)}, or the environment variable {SourceEnvironment.Region}.");

    private static TandemException Missing(string directory) => new(
        SourceErrors.CredentialsMissing,
        TandemErrorKind.Authentication,
        $"There is no account to sign in with. Use -Credential, or write the e-mail address and password to {CredentialFile.PathUnder(directory)} "
        + "(sensitive/credentials.template.toml shows the format), or set the environment variables "
        + $"{SourceEnvironment.Email} and {SourceEnvironment.Password}.");

    private static TandemException Incomplete(CredentialPlace place) => new(
        SourceErrors.CredentialsIncomplete,
        TandemErrorKind.Authentication,
        $"The account from {place.Name} has {(place.Email is null ? "a password but no e-mail address" : "an e-mail address but no password")}. "
        + "Both must come from the same place.",
        place.Name);

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

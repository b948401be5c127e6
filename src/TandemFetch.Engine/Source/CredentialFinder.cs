
namespace TandemFetch.Engine.Source;

/// <summary>
/// Finds the account to use: from the command, otherwise from the environment, otherwise from the user's settings,
/// otherwise from <c>sensitive/credentials.toml</c>, otherwise from a stored sign-in. The e-mail address and the
/// password always come from the same place; what that place does not specify is taken from the next one, unless the
/// next one is about another account.
/// </summary>
public static class CredentialFinder
{
    /// <summary>Finds the account to use.</summary>
    /// <param name="request">What the command specifies, and where to look for the file.</param>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    /// <param name="observer">Receives a warning if others can read the file.</param>
    /// <param name="storedSignIns">Finds the stored sign-ins, if they may be used.</param>
    /// <exception cref="TandemException">
    /// Nothing was found, or it is incomplete or unusable; the ids are in <see cref="SourceErrors"/>. No message
    /// repeats a value.
    /// </exception>
    public static SourceCredential Find(
        CredentialRequest request,
        Func<string, string?>? environment,
        IRunObserver observer,
        Func<IReadOnlyList<StoredSignIn>>? storedSignIns = null)
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
            FromEnvironment(environment ?? Environment.GetEnvironmentVariable),
            request.Settings,
            CredentialFile.Read(request.Directory, observer),
        ];
        var places = all.OfType<CredentialPlace>().ToList();

        var account = places.FirstOrDefault(place => place.Email is not null || place.Password is not null);
        if (account is null)
        {
            return OfStored(places, request.Directory, storedSignIns?.Invoke() ?? []);
        }

        var usesToken = account == given && account.Password is null && storedSignIns is not null;
        if (account.Email is null || (account.Password is null && !usesToken))
        {
            throw Incomplete(account);
        }

        // A time zone or region of somebody else's account would be worse than none.
        var related = places.Where(place => place == given || IsAbout(place, account.Email)).ToList();
        var region = RegionFrom(related, request.Directory);
        var (serial, zone) = PumpFrom(related);
        return account.Password is { } password
            ? new SourceCredential(account.Email, password, region, serial, zone, account.Name)
            : SourceCredential.OfEmail(account.Email, region, serial, zone, account.Name);
    }

    /// <summary>
    /// What <c>sensitive/credentials.toml</c> under a directory specifies besides the account; null if there is no such
    /// file.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="TandemException">The file cannot be used.</exception>
    public static CredentialPlace? FindFile(string directory) =>
        CredentialFile.Read(directory, SilentObserver.Instance);

    /// <summary>
    /// The time zone in the environment, otherwise in the settings, otherwise in the credentials file; null if none of
    /// them specifies one. Never fails.
    /// </summary>
    /// <param name="settings">The time zone in the settings, or null.</param>
    /// <param name="directory">
    /// The directory under which to look for <c>sensitive/credentials.toml</c>; null for nowhere.
    /// </param>
    public static string? FindTimeZone(string? settings, string? directory)
    {
        if ((Filled(Environment.GetEnvironmentVariable(SourceEnvironment.TimeZone)) ?? settings) is { } zone)
        {
            return zone;
        }

        try
        {
            return directory is null ? null : FindFile(directory)?.TimeZone;
        }
        catch (TandemException)
        {
            // The sign-in reports what is wrong with the file.
            return null;
        }
    }

    private static SourceCredential OfStored(
        IReadOnlyList<CredentialPlace> places, string directory, IReadOnlyList<StoredSignIn> stored)
    {
        if (places.Any(place => place.Region is not null))
        {
            var region = RegionFrom(places, directory);
            stored = [.. stored.Where(account => account.Region == region)];
        }

        var (serial, zone) = PumpFrom(places);
        return stored switch
        {
            [] => throw Missing(directory),
            [var only] => SourceCredential.OfToken(only, serial, zone),
            _ => throw new TandemException(
                SourceErrors.AccountAmbiguous,
                TandemErrorKind.Authentication,
                $"{stored.Count} accounts are signed in on this machine, and nothing specifies which of them to use. "
                + "Use Connect-TandemSource -Credential with its e-mail address; the password can be left empty."),
        };
    }

    private static (string? Serial, string? Zone) PumpFrom(IReadOnlyList<CredentialPlace> places) => (
        places.Select(place => place.PumpSerial).FirstOrDefault(serial => serial is not null),
        places.Select(place => place.TimeZone).FirstOrDefault(zone => zone is not null));

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

    private static TandemRegion RegionFrom(IReadOnlyList<CredentialPlace> places, string directory) =>
        places.FirstOrDefault(place => place.Region is not null) is { Region: { } region } place
            ? TandemRegion.Parse(region, place.Name)
            : throw new TandemException(
                SourceErrors.RegionMissing,
                TandemErrorKind.InvalidArgument,
                "The region of the account is not known, and there is no default: an account exists in only one region. Specify "
                + $"-Region {TandemRegion.Choices}, or use Set-TandemConfiguration -Region, or set region in "
                + $"{CredentialFile.PathUnder(directory)} or the environment variable {SourceEnvironment.Region}.");

    private static TandemException Missing(string directory) => new(
        SourceErrors.CredentialsMissing,
        TandemErrorKind.Authentication,
        "There is no account to sign in with, and no stored sign-in that is still valid. Use Connect-TandemSource "
        + $"-Credential, or write the e-mail address and password to {CredentialFile.PathUnder(directory)} "
        + "(Get-Help Connect-TandemSource -Full shows the format), or set the environment variables "
        + $"{SourceEnvironment.Email} and {SourceEnvironment.Password}.");

    private static TandemException Incomplete(CredentialPlace place) => new(
        SourceErrors.CredentialsIncomplete,
        TandemErrorKind.Authentication,
        $"The account from {place.Name} has {(place.Email is null ? "a password but no e-mail address" : "an e-mail address but no password")}. "
        + "Both must come from the same place.",
        place.Name);

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

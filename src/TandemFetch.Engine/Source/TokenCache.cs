using System.Globalization;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Cryptography;
using System.Security.Principal;
using System.Text;
using System.Text.Json;

namespace TandemFetch.Engine.Source;

/// <summary>
/// Stores access tokens between runs, one file per server and account, in the user's own configuration folder. A file
/// contains the token, pumper id, expiry and region; never the password, the e-mail address or a name. A file that
/// others can read is not trusted: somebody may have copied the token, or replaced it with another person's.
/// </summary>
public sealed class TokenCache
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const int LongestFile = 64 * 1024;
    private const string FilePattern = "token-*.json";

    /// <summary>A cache in the given directory, which is created when something is stored.</summary>
    public TokenCache(string directory) => Directory = Path.GetFullPath(directory);

    /// <summary>The directory of the files.</summary>
    public string Directory { get; }

    /// <summary>
    /// The user's cache: <c>TANDEM_CONFIG</c> if set, else <c>TandemFetch</c> under the local application data
    /// (Windows) or under <c>XDG_CONFIG_HOME</c> or <c>~/.config</c>.
    /// </summary>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    public static TokenCache OfUser(Func<string, string?>? environment = null) =>
        new(UserFolder.OfTokens(environment ?? Environment.GetEnvironmentVariable));

    /// <summary>Deletes every stored token, for a sign-out without a session.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="TandemException">A file cannot be deleted.</exception>
    public int Clear()
    {
        if (!System.IO.Directory.Exists(Directory))
        {
            return 0;
        }

        var files = System.IO.Directory.GetFiles(Directory, FilePattern);
        foreach (var file in files)
        {
            Delete(file);
        }

        return files.Length;
    }

    /// <summary>The accounts for which there is a valid token.</summary>
    /// <param name="endpoint">A server other than Tandem's own, or null.</param>
    /// <param name="now">The current time.</param>
    /// <param name="observer">Receives a warning for each token that is not used.</param>
    public IReadOnlyList<StoredSignIn> Find(Uri? endpoint, DateTimeOffset now, IRunObserver observer)
    {
        if (!System.IO.Directory.Exists(Directory))
        {
            return [];
        }

        return
        [
            .. from region in TandemRegion.All
               let endpoints = SourceEndpoints.For(region, endpoint)
               from path in System.IO.Directory.GetFiles(Directory, FilePattern).Order(StringComparer.Ordinal)
               where IsOf(region, path) && Read(path, endpoints, now, observer) is not null
               select new StoredSignIn(region, path),
        ];
    }

    /// <summary>The stored token, or null if there is none that can be used.</summary>
    internal SourceToken? Read(string path, SourceEndpoints endpoints, DateTimeOffset now, IRunObserver observer)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            if (ReasonAgainst(path) is { } reason)
            {
                observer.Warning(
                    $"The stored token {path} is not used because {reason}; signing in again and storing the new token safely.");
                return null;
            }

            return Parse(path, endpoints) is { } token && token.IsValidAt(now) ? token : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            observer.Warning($"The stored token {path} cannot be read ({problem.GetType().Name}); signing in again.");
            return null;
        }
    }

    /// <summary>Stores a token. A cache that cannot be written is a warning, not a failure.</summary>
    internal void Write(string path, SourceEndpoints endpoints, SourceToken token, IRunObserver observer)
    {
        var temporary = Path.Combine(Directory, $".{Guid.NewGuid():N}.tmp");
        try
        {
            // An existing directory keeps its mode, because the user may have chosen it and use it for other things.
            OwnerOnly.CreateFolder(Directory);
            WriteFile(temporary, endpoints, token);
            File.Move(temporary, path, overwrite: true);

            // Some file systems (mounted Windows drives, memory sticks) have no modes to set.
            if (IsOpenToOthers(path))
            {
                File.Delete(path);
                observer.Warning(
                    $"Tokens in {Directory} cannot be protected from other users, so none is stored and every run signs in again. "
                    + $"Specify another directory in {SourceEnvironment.ConfigDirectory}.");
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            observer.Warning($"The token cannot be stored in {Directory} ({problem.GetType().Name}); the next run signs in again.");
            TryDelete(temporary);
        }
    }

    internal static void Remove(string path) => Delete(path);

    internal string PathOf(SourceEndpoints endpoints, string email)
    {
        var account = $"{endpoints.SourceBase}\n{endpoints.Region}\n{email.Trim().ToLowerInvariant()}";
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(account)).AsSpan(0, 12));
        return Path.Combine(Directory, PrefixOf(endpoints.Region) + $"{hash}.json".ToLowerInvariant());
    }

    // Reading a file of another region would only warn about it.
    private static bool IsOf(TandemRegion region, string path) =>
        Path.GetFileName(path).StartsWith(PrefixOf(region), StringComparison.Ordinal);

    private static string PrefixOf(TandemRegion region) => $"token-{region}-".ToLowerInvariant();

    /// <summary>Why a file is not trusted; null if it is.</summary>
    private string? ReasonAgainst(string path)
    {
        // A pipe or a device has no length, and nobody knows whether reading it would ever end.
        if (new FileInfo(path).Length == 0)
        {
            return "it is empty or not a plain file";
        }

        if (IsOpenToOthers(path))
        {
            return "others can read it";
        }

        return OwnerOnly.IsOwn(path) ? null : "it belongs to another user";
    }

    private static SourceToken? Parse(string path, SourceEndpoints endpoints)
    {
        if (new FileInfo(path).Length > LongestFile)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var isOurs = JsonText.Of(root, "server") == endpoints.SourceBase.AbsoluteUri
                && JsonText.Of(root, "region") == endpoints.Region.Name;
            return isOurs
                && TokenResponse.Printable(JsonText.Of(root, "accessToken")) is { Length: > 0 } accessToken
                && JsonText.Of(root, "pumperId") is { } pumperId
                && SourceEndpoints.IsId(pumperId)
                && Time(root, "obtained") is { } obtained
                && Time(root, "expires") is { } expires
                && obtained < expires
                    ? new SourceToken(accessToken, pumperId, obtained, expires)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }

        static DateTimeOffset? Time(JsonElement root, string key) =>
            DateTimeOffset.TryParseExact(
                JsonText.Of(root, key), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    private static void WriteFile(string path, SourceEndpoints endpoints, SourceToken token)
    {
        using var file = OperatingSystem.IsWindows() ? CreateForUser(path) : OwnerOnly.CreateFile(path);
        using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("region", endpoints.Region.Name);
            json.WriteString("server", endpoints.SourceBase.AbsoluteUri);
            json.WriteString("accessToken", token.AccessToken);
            json.WriteString("pumperId", token.PumperId);
            json.WriteString("obtained", token.Obtained.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("expires", token.Expires.ToString("O", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        file.Flush(flushToDisk: true);
    }

    private bool IsOpenToOthers(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return IsOpenToOtherAccounts(path);
        }

        const UnixFileMode othersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        return new FileInfo(path).LinkTarget is not null
            || (File.GetUnixFileMode(path) & Others) != 0
            || (File.GetUnixFileMode(Directory) & othersWrite) != 0;
    }

    [SupportedOSPlatform("windows")]
    private static FileStream CreateForUser(string path)
    {
        using var user = WindowsIdentity.GetCurrent();
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(user.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(
            FileMode.CreateNew, FileSystemRights.Write, FileShare.None, 4096, FileOptions.None, security);
    }

    [SupportedOSPlatform("windows")]
    private static bool IsOpenToOtherAccounts(string path)
    {
        using var user = WindowsIdentity.GetCurrent();
        var system = new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null);
        var administrators = new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null);
        return new FileInfo(path).GetAccessControl()
            .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .OfType<FileSystemAccessRule>()
            .Where(rule => rule.AccessControlType == AccessControlType.Allow)
            .Any(rule => !rule.IdentityReference.Equals(user.User)
                && !rule.IdentityReference.Equals(system)
                && !rule.IdentityReference.Equals(administrators));
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing stored, nothing to delete.
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TandemException(
                SourceErrors.TokenCacheLocked,
                TandemErrorKind.PermissionDenied,
                $"The stored token {path} cannot be deleted: {Sentence.Of(problem)}",
                path,
                problem);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It is empty or unreachable; the warning has been issued.
        }
    }
}

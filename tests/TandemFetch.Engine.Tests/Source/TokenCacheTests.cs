using System.Diagnostics;
using TandemFetch.Engine.Source;
using TandemFetch.Engine.Tests.Support;

namespace TandemFetch.Engine.Tests.Source;

public sealed class TokenCacheTests : IAsyncLifetime
{
    private const string LoginPath = "/accounts/api/login";

    private readonly RecordingObserver _observer = new();
    private readonly TemporaryFolder _folder = new();
    private StubSource _stub = null!;

    private string CacheDirectory => Path.Combine(_folder.Path, "config");

    private string CacheFile => Assert.Single(Directory.GetFiles(CacheDirectory));

    public async ValueTask InitializeAsync() => _stub = await StubSource.StartAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _stub.DisposeAsync();
    }

    [Fact]
    public async Task A_second_session_uses_the_stored_token()
    {
        await (await ConnectAsync()).DisposeAsync();

        await using var second = await ConnectAsync();
        await second.GetAccountAsync(CancellationToken.None);

        Assert.Equal(1, _stub.Count(LoginPath));
    }

    [Fact]
    public async Task The_file_is_the_users_alone_and_holds_no_password_and_no_email()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes are for Unix.");
            return;
        }

        await using var client = await ConnectAsync();

        var text = await File.ReadAllTextAsync(CacheFile);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CacheFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(CacheDirectory));
        Assert.Contains(_stub.IssuedTokens.Single(), text, StringComparison.Ordinal);
        foreach (var secret in new[] { StubSource.Password, StubSource.Email, "anna", StubSource.FirstName, StubSource.Cookie })
        {
            Assert.DoesNotContain(secret, text + CacheFile, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite)]
    public async Task A_file_that_others_can_get_at_is_refused_and_replaced(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes are for Unix.");
            return;
        }

        await (await ConnectAsync()).DisposeAsync();
        File.SetUnixFileMode(CacheFile, mode);

        await using var second = await ConnectAsync();

        Assert.Equal(2, _stub.Count(LoginPath));
        Assert.Single(_observer.Warnings);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CacheFile));
    }

    [Fact]
    public async Task A_link_in_place_of_the_file_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links need rights on Windows.");
            return;
        }

        await (await ConnectAsync()).DisposeAsync();
        var file = CacheFile;
        var elsewhere = Path.Combine(_folder.Path, "elsewhere.json");
        File.Move(file, elsewhere);
        File.CreateSymbolicLink(file, elsewhere);

        await using var second = await ConnectAsync();

        Assert.Equal(2, _stub.Count(LoginPath));
        Assert.Null(new FileInfo(file).LinkTarget);
    }

    /// <summary>Reading a pipe that nobody writes to would never end.</summary>
    [Fact]
    public async Task A_pipe_in_place_of_the_file_is_refused_at_once()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no pipes among its files.");
            return;
        }

        await (await ConnectAsync()).DisposeAsync();
        var file = CacheFile;
        File.Delete(file);
        using (var maker = Process.Start("mkfifo", ["-m", "600", file]))
        {
            await maker.WaitForExitAsync();
        }

        await using var second = await ConnectAsync();

        Assert.Equal(2, _stub.Count(LoginPath));
        Assert.Contains(_observer.Warnings, warning => warning.Contains("not a plain file", StringComparison.Ordinal));
        Assert.True(new FileInfo(file).Length > 0);
    }

    /// <summary>Nobody, not even root, can set the mode of what the kernel shows of a process.</summary>
    [Fact]
    public async Task A_file_whose_mode_the_user_cannot_set_belongs_to_somebody_else()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux has such files for every user.");
            return;
        }

        await (await ConnectAsync()).DisposeAsync();

        Assert.True(OwnerOnly.IsOwn(CacheFile));
        Assert.False(OwnerOnly.IsOwn("/proc/self/status"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"region":"US","accessToken":5}""")]
    public async Task A_damaged_file_means_a_new_sign_in(string content)
    {
        await (await ConnectAsync()).DisposeAsync();
        await File.WriteAllTextAsync(CacheFile, content);

        await using var second = await ConnectAsync();

        Assert.Equal(2, _stub.Count(LoginPath));
    }

    [Fact]
    public async Task A_stored_token_that_was_revoked_is_replaced()
    {
        await (await ConnectAsync()).DisposeAsync();
        _stub.RevokeTokens();
        await using (var second = await ConnectAsync())
        {
            await second.GetAccountAsync(CancellationToken.None);
        }

        await using var third = await ConnectAsync();
        await third.GetAccountAsync(CancellationToken.None);

        Assert.Equal(2, _stub.Count(LoginPath));
    }

    [Fact]
    public async Task A_token_near_its_end_is_not_taken_from_the_store()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        _stub.IdToken = stub => stub.SignedToken(lifetime: TimeSpan.FromDays(2));
        await (await ConnectAsync(time: time)).DisposeAsync();
        time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(59));

        await using var second = await ConnectAsync(time: time);

        Assert.Equal(2, _stub.Count(LoginPath));
    }

    [Fact]
    public async Task A_stored_token_is_found_without_the_email_and_used_without_a_password()
    {
        await (await ConnectAsync()).DisposeAsync();

        await using var second = await ConnectAsync(Find());
        await second.GetAccountAsync(CancellationToken.None);

        Assert.Equal(1, _stub.Count(LoginPath));
        Assert.Equal(Regions.US.Name, second.Region.Name);
    }

    [Fact]
    public async Task A_token_without_a_password_that_the_server_refuses_is_deleted_and_the_error_says_what_to_do()
    {
        await (await ConnectAsync()).DisposeAsync();
        _stub.RevokeTokens();
        await using var second = await ConnectAsync(Find());

        var problem = await Assert.ThrowsAsync<TandemException>(() => second.GetAccountAsync(CancellationToken.None));

        Assert.Equal(SourceErrors.CredentialsMissing, problem.ErrorId);
        Assert.Contains("-Credential", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(CacheDirectory));
        Assert.Equal(1, _stub.Count(LoginPath));
    }

    [Fact]
    public async Task Of_several_stored_accounts_the_region_or_the_email_decides()
    {
        await (await ConnectAsync()).DisposeAsync();
        var token = await File.ReadAllTextAsync(CacheFile);
        var cache = new TokenCache(CacheDirectory);
        var european = SourceEndpoints.ForEndpoint(_stub.Base, Regions.EU);
        var file = CacheFile;
        File.Copy(file, cache.PathOf(european, StubSource.Email));
        await File.WriteAllTextAsync(
            cache.PathOf(european, StubSource.Email), token.Replace("\"US\"", "\"EU\"", StringComparison.Ordinal));

        var problem = Assert.Throws<TandemException>(() => Find());
        var ofRegion = Find(new() { Directory = _folder.Path, Region = Regions.US });
        var ofEmail = Find(new() { Directory = _folder.Path, Region = Regions.US, Email = StubSource.Email });

        Assert.Equal(SourceErrors.AccountAmbiguous, problem.ErrorId);
        Assert.Equal(file, ofRegion.TokenFile);
        await using var second = await ConnectAsync(ofEmail);
        Assert.Equal(1, _stub.Count(LoginPath));
    }

    [Fact]
    public async Task Whoever_gives_a_password_signs_in()
    {
        await (await ConnectAsync()).DisposeAsync();

        await using var second = await TandemSourceClient.ConnectAsync(
            Options() with { SignsInFirst = true }, StubSource.Credential(), _observer, CancellationToken.None);

        Assert.Equal(2, _stub.Count(LoginPath));
        Assert.Contains(_stub.IssuedTokens.Last(), await File.ReadAllTextAsync(CacheFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_deletes_the_stored_token()
    {
        await using var client = await ConnectAsync();

        await client.SignOutAsync(CancellationToken.None);

        Assert.Empty(Directory.GetFiles(CacheDirectory));
        Assert.Null(client.TokenExpires);
    }

    [Fact]
    public async Task Clearing_deletes_every_token_and_nothing_else()
    {
        await (await ConnectAsync()).DisposeAsync();
        var other = _folder.Write("config/notes.txt", "mine");

        Assert.Equal(1, new TokenCache(CacheDirectory).Clear());
        Assert.True(File.Exists(other));
        Assert.Equal(0, new TokenCache(Path.Combine(_folder.Path, "nowhere")).Clear());
    }

    [Fact]
    public async Task Without_a_cache_nothing_is_stored()
    {
        await using var client = await TandemSourceClient.ConnectAsync(
            _stub.Options(), StubSource.Credential(), _observer, CancellationToken.None);

        Assert.False(Directory.Exists(CacheDirectory));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_warning_and_no_failure()
    {
        _folder.Write("config", "a file where the folder should be");

        await using var client = await ConnectAsync();

        Assert.Single(_observer.Warnings);
    }

    [Fact]
    public void Every_account_region_and_server_has_a_file_of_its_own()
    {
        var cache = new TokenCache(CacheDirectory);
        var us = SourceEndpoints.ForRegion(Regions.US);

        string[] paths =
        [
            cache.PathOf(us, "a@example.com"),
            cache.PathOf(us, "b@example.com"),
            cache.PathOf(SourceEndpoints.ForRegion(Regions.EU), "a@example.com"),
            cache.PathOf(SourceEndpoints.ForEndpoint(_stub.Base, Regions.US), "a@example.com"),
        ];

        Assert.Equal(paths.Length, paths.Distinct().Count());
        Assert.Equal(paths[0], cache.PathOf(us, " A@Example.com"));
    }

    [Fact]
    public void The_users_cache_is_where_the_environment_says()
    {
        Assert.Equal(_folder.Path, TokenCache.OfUser(name => name == "TANDEM_CONFIG" ? _folder.Path : null).Directory);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                Path.Combine(_folder.Path, "TandemFetch"),
                TokenCache.OfUser(name => name == "XDG_CONFIG_HOME" ? _folder.Path : null).Directory);
            Assert.EndsWith("/.config/TandemFetch", TokenCache.OfUser(_ => null).Directory, StringComparison.Ordinal);
        }
    }

    private SourceOptions Options(TimeProvider? time = null) =>
        _stub.Options() with { TokenCache = new TokenCache(CacheDirectory), Time = time ?? TimeProvider.System };

    private SourceCredential Find(CredentialRequest? request = null) => CredentialFinder.Find(
        request ?? new() { Directory = _folder.Path },
        _ => null,
        _observer,
        () => new TokenCache(CacheDirectory).Find(_stub.Base, DateTimeOffset.UtcNow, _observer));

    private Task<TandemSourceClient> ConnectAsync(SourceCredential? credential = null, TimeProvider? time = null) =>
        TandemSourceClient.ConnectAsync(
            Options(time), credential ?? StubSource.Credential(), _observer, CancellationToken.None);
}
